/** What each measure is called, and how it is to be read. */

import type { MeasureName } from "../../compare/figure.ts";

export interface MeasureText {
  readonly title: string;
  /** In a sentence, in lower case. */
  readonly short: string;
  readonly about: string;
  /** What its details are, many of them; of a measure without them nothing. */
  readonly details?: string;
}

export const MEASURE_TEXTS: Readonly<Record<MeasureName, MeasureText>> = {
  composition: {
    title: "Composition",
    short: "composition",
    about:
      "Share of G and C over sequences; how often CpG and each pair of neighbours occur for the bases they are made of, 1 being as often as chance.",
    details: "odds ratios of dinucleotides",
  },
  kmers: {
    title: "k-mer spectrum",
    short: "k-mer spectrum",
    about:
      "Jensen–Shannon divergence of the shares of all k-mers from the reference’s, in bits: 0 is the same, 1 nothing in common. A finite sample is never at 0; real DNA of the same size says how near one can come.",
    details: "shares of 4-mers",
  },
  discriminator: {
    title: "Discriminator",
    short: "discriminator",
    about:
      "A logistic regression of 6-mer counts learns to tell sequences from the reference, and is asked about sequences it has not seen. The area under its ROC curve is 0.5 where it knows nothing, 1 where it is never wrong.",
  },
  embedding: {
    title: "Embeddings",
    short: "embeddings",
    about:
      "Fréchet’s distance between the embeddings of sequences and of the reference by the run’s own network: their means and covariances, as if both were normal. It depends on the network and on the number of sequences, so that only the real set beside it gives it a scale.",
  },
  range: {
    title: "Information by distance",
    short: "information by distance",
    about:
      "What a base says of another one so many bases on, in bits. A period of 3 is that of codons: what multiples of 3 say beyond what their neighbours do; what is left at long distances comes from repeats and from sequences of different composition.",
  },
  repeats: {
    title: "Repeats and low complexity",
    short: "repeats",
    about:
      "Bases that symmetric DUST masks, runs of one base, and exact tandem repeats of a unit three times or more. A sampler that seeks the likeliest base writes too much of it.",
    details: "shares of tandem repeats by their unit",
  },
  motifs: {
    title: "Motifs",
    short: "motifs",
    about:
      "Hits a kilobase on either strand, and how well the rates of all motifs agree with the reference’s.",
    details: "rates of motifs",
  },
  memorisation: {
    title: "Memorisation",
    short: "memorisation",
    about:
      "The longest stretch of each sequence that the training set holds too, on either strand, to the base. Real DNA that was not trained on shares stretches with it as well, short ones by chance and long ones by repeats: only more than that is memory.",
  },
  diversity: {
    title: "Diversity",
    short: "diversity",
    about:
      "How alike sequences of one set are: words in common, distinct words, copies on either strand.",
  },
  strands: {
    title: "Strand symmetry",
    short: "strand symmetry",
    about:
      "In windows of a genome a k-mer is about as frequent as its reverse complement (Chargaff’s second rule): the divergence of their shares, in bits, within each set.",
  },
};
