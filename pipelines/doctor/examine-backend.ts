/** One backend on this machine: what is installed of it, and how it does when it is started. */

import type { BackendReport } from "../../src/backends/backend-name.ts";
import { type Probe, probeBackend } from "../../src/backends/probe-backend.ts";
import { formatBytes, formatDigits } from "../../src/util/format.ts";

/** Starts what is there in a process of its own, and returns the report with what that found. */
export async function examineBackend(
  report: BackendReport,
  device: string | undefined,
): Promise<BackendReport> {
  if (!report.isAvailable) return report;
  return withProbe(report, await probeBackend(report.name, { device: ownDevice(report, device) }));
}

/** A number, or cpu, is a device of tensorflow, another text one of webgpu; who is not meant takes its first. */
function ownDevice({ name }: BackendReport, device: string | undefined): string | undefined {
  const meant = /^(\d+|cpu)$/.test(device ?? "") ? "tensorflow" : "webgpu";
  return name === meant ? device : undefined;
}

function withProbe(report: BackendReport, probe: Probe): BackendReport {
  if (probe.failure !== undefined) return { ...report, isAvailable: false, reason: probe.failure };
  const { description, deviceName, details, speed } = probe;
  return {
    ...report,
    ...(deviceName === undefined ? {} : { device: deviceName }),
    ...{ reason: description, speed },
    details: [...(report.details ?? []), ...details],
  };
}

/** Lines of the page. */
export function backendLines(report: BackendReport): string[] {
  const { name, isAvailable, device, reason, details = [], speed } = report;
  const what = device === undefined || reason.includes(device) ? reason : `${device}: ${reason}`;
  const more = speed === undefined ? details : [speedLine(speed), ...details];
  return [
    `  ${name.padEnd(11)} ${isAvailable ? "yes" : "no "}  ${what}`,
    ...more.map((line) => `${" ".repeat(19)}${line}`),
  ];
}

function speedLine({
  gflops,
  size,
  copyBytesPerSecond,
}: NonNullable<BackendReport["speed"]>): string {
  return (
    `${formatDigits(gflops)} GFLOP/s (product of ${size} × ${size}), ` +
    `${formatBytes(copyBytesPerSecond)} a second to it and back`
  );
}
