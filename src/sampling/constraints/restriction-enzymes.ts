/**
 * Recognition sequences of restriction enzymes in common use, 5′ to 3′ in IUPAC codes without the place of the cut, as
 * REBASE gives them (Roberts, Vincze, Posfai and Macelis, "REBASE: a database for DNA restriction and modification",
 * Nucleic Acids Research 51, 2023). Enzymes of one sequence stand on one line.
 */

import { nearestName } from "../../util/nearest-name.ts";

const SITES = `
AACGTT AclI
AAGCTT HindIII
AATATT SspI
AATT MluCI
ACATGT PciI
ACCGGT AgeI
ACCTGC BfuAI BspMI
ACCWGGT SexAI
ACGCGT MluI
ACTAGT SpeI
AGATCT BglII
AGCGCT AfeI
AGCT AluI
AGGCCT StuI
AGTACT ScaI
ATCGAT ClaI BspDI
ATGCAT NsiI
ATTAAT AseI
ATTTAAAT SwaI
CAATTG MfeI MunI
CACCTGC AarI PaqCI
CACGTG PmlI
CACNNNGTG DraIII
CAGCTG PvuII
CAGNNNCTG AlwNI
CATATG NdeI
CATG NlaIII
CCANNNNNTGG PflMI
CCANNNNNNTGG BstXI
CCATGG NcoI
CCCGGG SmaI XmaI
CCGCGG SacII
CCGG HpaII MspI
CCTAGG AvrII
CCTGCAGG SbfI
CCTNAGG Bsu36I
CCTNNNNNAGG EcoNI
CCWGG BstNI
CCWWGG StyI
CGATCG PvuI
CGGCCG EagI
CGGWCCG RsrII
CGTACG BsiWI
CGTCTC BsmBI Esp3I
CTCGAG XhoI PaeR7I
CTCTTC EarI
CTGCAG PstI
CTGGAG BpmI
CTNAG DdeI
CTTAAG AflII
CYCGRG AvaI
GAAGAC BbsI BpiI
GAANNNNTTC XmnI
GAATTC EcoRI
GACGTC AatII ZraI
GACNNNNNGTC AhdI
GAGCTC SacI
GAGGAG BseRI
GAGTC MlyI PleI
GANTC HinfI
GATATC EcoRV
GATC DpnI DpnII MboI Sau3AI
GCAATG BsrDI
GCAGTG BtsI
GCATGC SphI
GCCCGGGC SrfI
GCCGGC NaeI NgoMIV
GCCNNNNNGGC BglI
GCGATG BtgZI
GCGC HhaI HinP1I
GCGCGC BssHII
GCGGCCGC NotI
GCTAGC NheI BmtI
GCTCTTC SapI BspQI LguI
GCTNAGC BlpI
GGATCC BamHI
GGATG FokI
GGCC HaeIII
GGCCGGCC FseI
GGCCNNNNNGGCC SfiI
GGCGCC NarI KasI SfoI
GGCGCGCC AscI
GGGAC BsmFI
GGGCCC ApaI PspOMI
GGTACC KpnI Acc65I
GGTCTC BsaI Eco31I
GGTNACC BstEII
GTAC RsaI
GTATAC BstZ17I
GTATCC BciVI
GTCGAC SalI
GTGCAC ApaLI
GTGCAG BsgI
GTMKAC AccI
GTTAAC HpaI
GTTTAAAC PmeI
GTYRAC HincII
RCATGY NspI
RCCGGY BsrFI
RGCGCY HaeII
TACGTA SnaBI
TCATGA BspHI
TCCGGA BspEI
TCCRAC MmeI
TCGA TaqI
TCGCGA NruI
TCTAGA XbaI
TGATCA BclI
TGCGCA FspI
TGGCCA MscI
TGTACA BsrGI
TTAATTAA PacI
TTCGAA BstBI
TTTAAA DraI
`;

/** The recognition sequence of each enzyme, by its name. */
export function restrictionSites(): ReadonlyMap<string, string> {
  const sites = new Map<string, string>();
  for (const line of SITES.trim().split("\n")) {
    const [site = "", ...names] = line.split(" ");
    for (const name of names) sites.set(name, site);
  }
  return sites;
}

/** An enzyme's name and recognition sequence; names are told apart whatever their case. */
export function findEnzyme(name: string): { name: string; site: string } | undefined {
  const wanted = name.toLowerCase();
  for (const [known, site] of restrictionSites()) {
    if (known.toLowerCase() === wanted) return { name: known, site };
  }
  return undefined;
}

/** The enzyme that a mistyped name was probably meant to be. */
export function nearestEnzyme(name: string): string | undefined {
  return nearestName(name, restrictionSites().keys());
}
