/** One compiled set of kernels. */
export interface InstructionSet {
  readonly name: string;
  readonly runsHere: boolean;
}

/** Memory, threads and instruction sets: one of each for the process, whatever worker asks. */
export interface SystemBinding {
  /** Memory of the system's pages, 64-byte aligned; RangeError with code GDIFF_OUT_OF_MEMORY when there is none. */
  allocate(bytes: number): ArrayBuffer;
  /** Gives a buffer of `allocate` back, at once; every view of it is empty from then on. */
  release(buffer: ArrayBuffer): void;
  /** Bytes that C++ takes from the system at most; 0: as many as it gives. */
  setMemoryLimit(bytes: number): void;
  memoryLimit(): number;
  /** Bytes taken now. */
  memoryTaken(): number;
  getInstructionSet(): string;
  setInstructionSet(name: string): void;
  /** What was compiled, the best first. */
  instructionSets(): InstructionSet[];
  /** Whether the instruction set in use multiplies bfloat16. */
  hasBf16(): boolean;
  getThreads(): number;
  setThreads(count: number): void;
}
