/**
 * The only loader of the add-on. It looks, in this order, where GDIFF_NATIVE points, into the package prebuilt for
 * this platform, and into the checkout's own build.
 */

import { join, resolve } from "node:path";
import { BackendError, ConfigError } from "../../errors.ts";
import { firstLine } from "../first-line.ts";
import { type AddonHost, thisHost } from "./addon-host.ts";
import { applySettings } from "./settings.ts";
import type { SystemBinding } from "./system-binding.ts";

export interface Addon {
  /** What every part of gdiff may ask of it; who calls kernels checks that it has them. */
  readonly binding: SystemBinding;
  readonly path: string;
  readonly origin: "GDIFF_NATIVE" | "prebuilt" | "local build";
}

let loaded: Addon | undefined;

/**
 * Loads the add-on, once, and sets the threads and the instruction set that the environment asks for.
 *
 * @throws {BackendError} when no add-on is found, saying what was looked for and what to run
 * @throws {ConfigError} when GDIFF_NATIVE, GDIFF_THREADS, SLURM_CPUS_PER_TASK or GDIFF_ISA cannot be followed
 */
export function loadAddon(): Addon {
  if (loaded === undefined) {
    const host = thisHost();
    const addon = findAddon(host);
    applySettings(addon.binding, host.env);
    loaded = addon;
  }
  return loaded;
}

/** Name of the npm package with the add-on prebuilt for a platform. */
function platformPackage(platform: string): string {
  return `@gdiff/native-${platform}`;
}

/**
 * Looks for the add-on and loads it; sets nothing.
 *
 * @throws {BackendError} naming each place and why it gave none
 * @throws {ConfigError} when GDIFF_NATIVE names a file that cannot be loaded
 */
export function findAddon(host: AddonHost): Addon {
  const { GDIFF_NATIVE: named } = host.env;
  if (named !== undefined && named !== "") return openNamed(host, resolve(named));
  const reasons: string[] = [];
  for (const place of [prebuilt(host), localBuild(host)]) {
    if (place.path === undefined) {
      reasons.push(place.reason);
      continue;
    }
    try {
      return { binding: open(host, place.path), path: place.path, origin: place.origin };
    } catch (error) {
      reasons.push(`${place.path} ${(error as Error).message}`);
    }
  }
  throw new BackendError(
    `backend native is not there: ${reasons.join("; ")}. In a checkout npm run build:native makes it ` +
      `(it needs a C++ compiler); npm install ${platformPackage(host.platform)}@${host.version} brings it where it is published; ` +
      "GDIFF_NATIVE names another file; --backend wasm does without",
  );
}

function openNamed(host: AddonHost, path: string): Addon {
  try {
    return { binding: open(host, path), path, origin: "GDIFF_NATIVE" };
  } catch (error) {
    throw new ConfigError(
      `expected GDIFF_NATIVE to name gdiff's add-on, got ${path}, which ${(error as Error).message} ` +
        "(unset it to search the usual places)",
    );
  }
}

type Place =
  | { readonly path: string; readonly origin: Addon["origin"] }
  | { readonly path: undefined; readonly reason: string };

function prebuilt({ platform, version, installed }: AddonHost): Place {
  const name = platformPackage(platform);
  const found = installed(name);
  if (found === undefined) return { path: undefined, reason: `${name} is not installed` };
  if (found.version !== version) {
    const reason = `${name} is version ${found.version}, expected ${version} as gdiff's own`;
    return { path: undefined, reason };
  }
  return { path: join(found.folder, "gdiff.node"), origin: "prebuilt" };
}

function localBuild({ root }: AddonHost): Place {
  return { path: join(root, "native", "build", "gdiff.node"), origin: "local build" };
}

/** Loads one file; its error completes a sentence that begins with the path. */
function open(host: AddonHost, path: string): SystemBinding {
  if (!host.exists(path)) throw new Error("is absent");
  let addon: unknown;
  try {
    addon = host.open(path);
  } catch (error) {
    const reason = firstLine(error);
    throw new Error(`does not load: ${reason}`);
  }
  if (!isBinding(addon)) throw new Error("is another add-on");
  return addon;
}

function isBinding(addon: unknown): addon is SystemBinding {
  return typeof addon === "object" && addon !== null && "instructionSets" in addon;
}
