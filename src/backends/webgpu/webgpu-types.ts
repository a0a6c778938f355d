/** The part of WebGPU's interfaces that is used here (W3C WebGPU, section 4). */

export interface Gpu {
  requestAdapter(options: {
    readonly powerPreference: "high-performance";
  }): Promise<Adapter | null>;
}

export interface AdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  /** For people: "SwiftShader driver 5.0.0". */
  readonly description: string;
  /** True where a processor plays the GPU. */
  readonly isFallbackAdapter?: boolean;
}

export interface Adapter {
  readonly info: AdapterInfo;
  readonly features: ReadonlySet<string>;
  readonly limits: Readonly<Record<string, number>>;
  requestDevice(descriptor: {
    readonly requiredLimits: Readonly<Record<string, number>>;
    readonly requiredFeatures: readonly string[];
  }): Promise<GpuDevice>;
}

export interface GpuDevice {
  /** Settles once the device is gone; `reason` is "destroyed" when destroy() was called. */
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>;
  destroy(): void;
  /** Programs that WebGPU finds wrong compute nothing, and are told nowhere else. */
  addEventListener(
    type: "uncapturederror",
    listener: (event: { readonly error: { readonly message: string } }) => void,
  ): void;
}
