#!/usr/bin/env node
import { runCli } from "./run-cli.ts";

const { stdin, stdout, stderr, env } = process;
const exit = (code: number): never => process.exit(code);
exit(await runCli(process.argv.slice(2), { stdin, stdout, stderr, env, process, exit }));
