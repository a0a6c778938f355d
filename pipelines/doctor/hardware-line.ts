import { formatBytes } from "../../src/util/format.ts";
import { readMachine } from "./machine.ts";

/** Processor, cores, memory and platform of this machine, in a line. */
export function hardwareLine(): string {
  const { cpu, memory, platform } = readMachine(process.env);
  const { totalBytes, limitBytes } = memory;
  return `${cpu.model}, ${cpu.availableCores} of ${cpu.cores} cores, ${formatBytes(limitBytes ?? totalBytes)}, ${platform}`;
}
