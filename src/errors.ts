/**
 * Every expected failure of gdiff. A message says what was expected, what came, where, and the remedy;
 * `code` is stable for scripts; `exitCode` is what the command exits with.
 */

/** What the process exits with; the table is printed by `gdiff --help`. */
export const EXIT = {
  done: 0,
  failure: 1,
  usage: 2,
  corrupt: 4,
  stoppedResumable: 75,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export class GdiffError extends Error {
  override readonly name: string = "GdiffError";
  readonly code: string;
  readonly exitCode: ExitCode;

  constructor(code: string, exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.exitCode = exitCode;
  }
}

/** A flag or an argument that the command does not take. */
export class UsageError extends GdiffError {
  override readonly name = "UsageError";
  constructor(message: string, options?: ErrorOptions) {
    super("E_USAGE", EXIT.usage, message, options);
  }
}

/** A configuration value, from YAML or a flag, that is unknown or out of its range. */
export class ConfigError extends GdiffError {
  override readonly name = "ConfigError";
  constructor(message: string, options?: ErrorOptions) {
    super("E_CONFIG", EXIT.usage, message, options);
  }
}

/** A file that is missing, unreadable, unwritable, or does not fit on the disk. */
export class FileError extends GdiffError {
  override readonly name = "FileError";
  constructor(message: string, options?: ErrorOptions) {
    super("E_FILE", EXIT.failure, message, options);
  }
}

/** A file on another machine that cannot be had: refused, changed, cut short, or not answered for. */
export class RemoteError extends GdiffError {
  override readonly name: string = "RemoteError";
  constructor(message: string, options?: ErrorOptions) {
    super("E_REMOTE", EXIT.failure, message, options);
  }
}

/** A contig, region or split that the genome does not have. */
export class RegionError extends GdiffError {
  override readonly name = "RegionError";
  constructor(message: string, options?: ErrorOptions) {
    super("E_REGION", EXIT.failure, message, options);
  }
}

/** FASTA text that breaks the format; the message names file, line and byte. */
export class FastaError extends GdiffError {
  override readonly name = "FastaError";
  constructor(message: string, options?: ErrorOptions) {
    super("E_FASTA", EXIT.corrupt, message, options);
  }
}

/** A .2bit file that is cut, or whose index, records or runs contradict each other. */
export class TwoBitError extends GdiffError {
  override readonly name = "TwoBitError";
  constructor(message: string, options?: ErrorOptions) {
    super("E_TWOBIT", EXIT.corrupt, message, options);
  }
}

/** A .fai or .gzi that is malformed or does not belong to its FASTA. */
export class IndexFileError extends GdiffError {
  override readonly name = "IndexFileError";
  constructor(message: string, options?: ErrorOptions) {
    super("E_INDEX", EXIT.corrupt, message, options);
  }
}

/** A gzip or BGZF stream that is cut, fails its CRC32 or ISIZE, or expands beyond its limit. */
export class CompressionError extends GdiffError {
  override readonly name = "CompressionError";
  constructor(message: string, options?: ErrorOptions) {
    super("E_COMPRESSION", EXIT.corrupt, message, options);
  }
}

/** A genome's file whose bases are not what its manifest says, or not what they were. */
export class VerificationError extends GdiffError {
  override readonly name = "VerificationError";
  constructor(message: string, options?: ErrorOptions) {
    super("E_VERIFY", EXIT.corrupt, message, options);
  }
}

/** A BED file that breaks the format; the message names file and line. */
export class BedError extends GdiffError {
  override readonly name = "BedError";
  constructor(message: string, options?: ErrorOptions) {
    super("E_BED", EXIT.corrupt, message, options);
  }
}

/** A file of sequence motifs that breaks the format; the message names file and line. */
export class MotifError extends GdiffError {
  override readonly name = "MotifError";
  constructor(message: string, options?: ErrorOptions) {
    super("E_MOTIF", EXIT.corrupt, message, options);
  }
}

/** A checkpoint or safetensors file that is damaged or does not fit the model. */
export class CheckpointError extends GdiffError {
  override readonly name = "CheckpointError";
  constructor(message: string, options?: ErrorOptions) {
    super("E_CHECKPOINT", EXIT.corrupt, message, options);
  }
}

/** A table file that is damaged, or holds what gdiff's tables do not. */
export class TableError extends GdiffError {
  override readonly name = "TableError";
  constructor(message: string, options?: ErrorOptions) {
    super("E_TABLE", EXIT.corrupt, message, options);
  }
}

/** A folder of token shards that is damaged: a file is missing, cut, changed, or another's. */
export class ShardError extends GdiffError {
  override readonly name = "ShardError";
  constructor(message: string, options?: ErrorOptions) {
    super("E_SHARD", EXIT.corrupt, message, options);
  }
}

/** A run folder that cannot be used as asked: occupied, locked, or without a checkpoint. */
export class RunFolderError extends GdiffError {
  override readonly name = "RunFolderError";
  constructor(message: string, options?: ErrorOptions) {
    super("E_RUN", EXIT.failure, message, options);
  }
}

/** A backend that was asked for and is not there, or whose device failed. */
export class BackendError extends GdiffError {
  override readonly name = "BackendError";
  constructor(message: string, options?: ErrorOptions) {
    super("E_BACKEND", EXIT.failure, message, options);
  }
}

/** Tensors or arrays whose shapes do not belong together. */
export class ShapeError extends GdiffError {
  override readonly name = "ShapeError";
  constructor(message: string, options?: ErrorOptions) {
    super("E_SHAPE", EXIT.failure, message, options);
  }
}

/** Training that cannot go on: a loss or gradient that is not finite. */
export class TrainingError extends GdiffError {
  override readonly name = "TrainingError";
  constructor(message: string, options?: ErrorOptions) {
    super("E_TRAINING", EXIT.failure, message, options);
  }
}

/** Sampling that cannot go on: a network whose logits are no numbers. */
export class SamplingError extends GdiffError {
  override readonly name = "SamplingError";
  constructor(message: string, options?: ErrorOptions) {
    super("E_SAMPLING", EXIT.failure, message, options);
  }
}

/** A run that stopped on request after a checkpoint; it goes on with `--resume`. */
export class StoppedError extends GdiffError {
  override readonly name = "StoppedError";
  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super("E_STOPPED", exitCode, message, options);
  }
}
