#include "../cpu.h"
#include "../napi.h"
#include "api.h"

namespace gdiff {

namespace {

uint32_t word(Arguments& args, const char* name) {
  const size_t value = args.size(name);
  if (value > UINT32_MAX)
    throw ArgumentError(std::string("native philoxUniforms: expected ") + name + " to be below 2^32, got " +
                        std::to_string(value));
  return static_cast<uint32_t>(value);
}

napi_value uniforms(Arguments& args) {
  const size_t count = args.size("count");
  PhiloxAddress address;
  address.key[0] = word(args, "key0");
  address.key[1] = word(args, "key1");
  address.position = word(args, "position");
  address.step = word(args, "step");
  address.example[0] = word(args, "exampleLow");
  address.example[1] = word(args, "exampleHigh");
  kernels().philox.uniforms(address, args.doubles("out", count), count);
  return nullptr;
}

const Export kExports[] = {
    {"philoxUniforms", uniforms},
};

}  // namespace

void exportPhilox(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
