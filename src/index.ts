/** gdiff as a library: `gdiff/core`, what it needs of files, and the pipelines that the command runs. */

export { type BenchmarkConfig, benchmarkConfig } from "../pipelines/benchmark/options.ts";
export { type BenchmarkSummary, runBenchmark } from "../pipelines/benchmark/run.ts";
export { type CompareConfig, compareConfig } from "../pipelines/compare/options.ts";
export { type CompareSummary, runCompare } from "../pipelines/compare/run.ts";
export { consoleIo } from "../pipelines/console-io.ts";
export { type AddSummary, runDataAdd } from "../pipelines/data/add/run.ts";
export { type AuditConfig, auditConfig } from "../pipelines/data/audit/options.ts";
export { type AuditSummary, runAudit } from "../pipelines/data/audit/run.ts";
export { type FetchSummary, runDataFetch } from "../pipelines/data/fetch/run.ts";
export { type IndexSummary, runDataIndex } from "../pipelines/data/index/run.ts";
export { type InfoSummary, runDataInfo } from "../pipelines/data/info/run.ts";
export { type ListSummary, runDataList } from "../pipelines/data/list/run.ts";
export { runDataVerify, type VerifySummary } from "../pipelines/data/verify/run.ts";
export { type DemoConfig, demoConfig } from "../pipelines/demo/options.ts";
export { type DemoSummary, runDemo } from "../pipelines/demo/run.ts";
export { type EmbedConfig, embedConfig } from "../pipelines/embed/options.ts";
export { type EmbedSummary, runEmbed } from "../pipelines/embed/run.ts";
export { type EvaluateConfig, evaluateConfig } from "../pipelines/evaluate/options.ts";
export { type EvaluateSummary, runEvaluate } from "../pipelines/evaluate/run.ts";
export { type FinetuneConfig, finetuneConfig } from "../pipelines/finetune/options.ts";
export { type FinetuneSummary, runFinetune } from "../pipelines/finetune/run.ts";
export { type GenerateConfig, generateConfig } from "../pipelines/generate/options.ts";
export { type GenerateSummary, runGenerate } from "../pipelines/generate/run.ts";
export type { PipelineIo, Progress, StopRequest } from "../pipelines/io.ts";
export { type LoadedRun, loadRun } from "../pipelines/load-run.ts";
export { type PredictConfig, predictConfig } from "../pipelines/predict/options.ts";
export { type PredictSummary, runPredict } from "../pipelines/predict/run.ts";
export { type PretrainConfig, pretrainConfig } from "../pipelines/pretrain/options.ts";
export { type PretrainSummary, runPretrain } from "../pipelines/pretrain/run.ts";
export { type ReportConfig, reportConfig } from "../pipelines/report/options.ts";
export { type ReportSummary, runReport } from "../pipelines/report/run.ts";
export { type StudyConfig, studyConfig } from "../pipelines/study/options.ts";
export { runStudy, type StudySummary } from "../pipelines/study/run.ts";
export type { BackendName, BackendReport } from "./backends/backend-name.ts";
export { listBackends } from "./backends/list-backends.ts";
export { type SelectedBackend, selectBackend } from "./backends/select-backend.ts";
export * from "./core.ts";
export { demoGenome, demoNats } from "./data/demo/demo-genome.ts";
export { type GenomeWindowOptions, genomeWindows } from "./data/genome-windows.ts";
export { openShards, type ShardSource, type Shards } from "./data/shards/open-shards.ts";
export { readArrowTable } from "./data/table/read-arrow-table.ts";
export type { Column, Table } from "./data/table/table.ts";
export { writeTable } from "./data/table/write-table.ts";
export { spreadTiles, tileCount } from "./data/tiles.ts";
export { readWindow, type Window } from "./data/window.ts";
export type { WindowSource } from "./data/window-source.ts";
export {
  type OpenedGenome,
  type OpenGenomeOptions,
  openGenome,
} from "./genome/node-open-genome.ts";
export { readFastaRecords } from "./genome/node-read-records.ts";
export { benchmarkMarkdown } from "./report/benchmark/benchmark-markdown.ts";
export { benchmarkPage } from "./report/benchmark/benchmark-page.ts";
export { benchmarkTable } from "./report/benchmark/benchmark-table.ts";
export type {
  AccuracyByProperty,
  BenchmarkRecord,
  CurvePoint,
  FailedTrial,
  LeftOutSet,
  MetricSummary,
  ModelDifference,
  ModelReport,
  OnBothTests,
  PretrainingLeakage,
  Property,
  SeedReport,
  SequenceLeakage,
  SetLeakage,
  SetPart,
  SetReport,
  Settings,
  TestKind,
  TriedSettings,
} from "./report/benchmark-record.ts";
export { finetunePage } from "./report/finetune/finetune-page.ts";
export type { FinetuneRecord, FinetuneTest, TestScores } from "./report/finetune-record.ts";
export { compareModels, type ModelRuns, modelReport } from "./report/model-report.ts";
export { pretrainCurve } from "./report/pretrain/pretrain-curve.ts";
export { pretrainPage } from "./report/pretrain/pretrain-page.ts";
export type {
  BaselineScore,
  GeneratedSample,
  GeneratedSamples,
  MaskRateScore,
  PretrainEvaluation,
  PretrainPoint,
  PretrainRecord,
  PretrainScores,
  ScoredBits,
} from "./report/pretrain-record.ts";
export type { DataDigest, Provenance } from "./report/provenance.ts";
export type {
  PublishedProtocol,
  PublishedResult,
  PublishedTable,
} from "./report/published/published-table.ts";
export { readPublished } from "./report/published/read-published.ts";
export { studyMarkdown } from "./report/study/study-markdown.ts";
export { studyPage } from "./report/study/study-page.ts";
export { armTable, curveTable, trialTable } from "./report/study/study-tables.ts";
export type {
  ArmDifference,
  ArmReport,
  ArmSamples,
  BaselineBits,
  CurvePoint as StudyCurvePoint,
  FailedStudyTrial,
  KmerDivergence,
  KmerReference,
  StageFacts,
  StudyDesign,
  StudyRecord,
  TrialReport,
  TrialSamples,
} from "./report/study-record.ts";
export {
  type BitsDifference,
  type BitsOverSeeds,
  bitsDifference,
  bitsOverSeeds,
  type SeedWindows,
} from "./score/bits-over-seeds.ts";
export { type MaskRateNats, natsByMaskRate } from "./score/mask-rate.ts";
export {
  type BlockLoss,
  type BlockLossOptions,
  blockLosses,
  type RateVariance,
  rateVariances,
} from "./score/mask-rate-variance.ts";
export {
  type DrawLikelihood,
  type LikelihoodOptions,
  type ScoredInput,
  type WindowLikelihood,
  windowLikelihoods,
} from "./score/window-likelihood.ts";
export type { ReadMetricsRecord } from "./train/run-folder/metrics-lines.ts";
export { readMetrics } from "./train/run-folder/read-metrics.ts";
