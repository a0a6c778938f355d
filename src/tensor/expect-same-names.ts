import { CheckpointError } from "../errors.ts";
import { formatShape, type NamedArrays } from "./named-arrays.ts";

const LISTED = 8;

/**
 * Checks that `arrays` holds exactly the expected names, each with its expected shape.
 *
 * @param source what the message calls the arrays, usually a path
 * @throws {CheckpointError} listing unknown names, missing names, and both shapes of those that differ
 */
export function expectSameNames(
  arrays: NamedArrays,
  expectedShapes: Readonly<Record<string, readonly number[]>>,
  source: string,
): void {
  const unknown = Object.keys(arrays).filter((name) => !Object.hasOwn(expectedShapes, name));
  const missing: string[] = [];
  const reshaped: string[] = [];
  for (const [name, expected] of Object.entries(expectedShapes)) {
    const array = Object.hasOwn(arrays, name) ? arrays[name] : undefined;
    if (array === undefined) missing.push(name);
    else if (formatShape(array.shape) !== formatShape(expected)) {
      reshaped.push(`${name}: expected ${formatShape(expected)}, got ${formatShape(array.shape)}`);
    }
  }
  const faults: string[] = [];
  if (unknown.length > 0) faults.push(`unknown tensors: ${list(unknown, ", ")}`);
  if (missing.length > 0) faults.push(`missing tensors: ${list(missing, ", ")}`);
  if (reshaped.length > 0) faults.push(`shapes that differ: ${list(reshaped, "; ")}`);
  if (faults.length === 0) return;
  throw new CheckpointError(
    `${source}: expected the tensors of this model, got ${faults.join(". ")} (was it written for another configuration?)`,
  );
}

function list(items: readonly string[], separator: string): string {
  const rest = items.length - LISTED;
  const shown = items.slice(0, LISTED).join(separator);
  return rest > 0 ? `${shown}${separator}and ${rest} more` : shown;
}
