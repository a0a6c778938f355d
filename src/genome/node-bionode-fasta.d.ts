declare module "bionode-fasta" {
  import type { Duplex } from "node:stream";

  const fasta: {
    /** A stream of FASTA bytes in, `{ id, seq }` out; `id` is the whole header line. */
    obj(): Duplex;
  };
  export default fasta;
}
