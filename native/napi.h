/**
 * Arguments of a function called from JavaScript. Each method takes the next argument and says what it must be; a
 * wrong one becomes a JavaScript TypeError that names function and argument.
 */
#pragma once

#include <node_api.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <vector>

namespace gdiff {

/** Becomes a JavaScript TypeError. */
struct ArgumentError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/** Becomes a JavaScript RangeError with the code "GDIFF_OUT_OF_MEMORY". */
struct OutOfMemory : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/** Memory of one Float32Array. */
struct Floats {
  const float* data;
  size_t size;
};

/** Memory of one Uint8Array. */
struct Bytes {
  uint8_t* data;
  size_t size;
};

/** Memory of one Uint32Array. */
struct Words {
  const uint32_t* data;
  size_t size;
};

/** More values than any array has. */
constexpr size_t kTooMany = SIZE_MAX;

/** Values of an array of these sizes; kTooMany, which every array is refused for, where 64 bits do not hold the product. */
size_t countOf(std::initializer_list<size_t> sizes);

class Arguments {
 public:
  Arguments(napi_env env, napi_callback_info info, const char* function);

  /** A Float32Array of at least `count` values. */
  float* floats(const char* name, size_t count);
  /** The same, or null for undefined. */
  float* optionalFloats(const char* name, size_t count);
  /** An Int32Array of at least `count` values. */
  int32_t* ints(const char* name, size_t count);
  int32_t* optionalInts(const char* name, size_t count);
  /** A Float64Array. */
  double* doubles(const char* name, size_t count);
  uint8_t* bytes(const char* name, size_t count);
  /** A Uint8Array of any length. */
  Bytes allBytes(const char* name);
  /** A Uint32Array of any length. */
  Words allWords(const char* name);
  /** A typed array of any kind of at least `count` bytes, 64-byte aligned or not: memory that only kernels read. */
  void* memory(const char* name, size_t count);
  void* optionalMemory(const char* name, size_t count);
  /** An array of Float32Arrays. */
  std::vector<Floats> listOfFloats(const char* name);
  /** A non-negative integer up to 2^53. */
  size_t size(const char* name);
  double number(const char* name);
  bool flag(const char* name);
  std::string text(const char* name);
  /** An ArrayBuffer, itself. */
  napi_value buffer(const char* name);

  napi_env env() const { return env_; }

 private:
  napi_value next(const char* name);
  void* whole(const char* name, napi_typedarray_type type, const char* typeName, size_t& length);
  void* typedArray(const char* name, napi_typedarray_type type, const char* typeName, size_t count,
                   bool isOptional);
  [[noreturn]] void refuse(const char* name, const std::string& expected, const std::string& got);

  static constexpr size_t kMost = 40;
  napi_env env_;
  const char* function_;
  napi_value values_[kMost];
  size_t count_ = kMost;
  size_t taken_ = 0;
};

using Function = napi_value (*)(Arguments&);

/** One function of the add-on. */
struct Export {
  const char* name;
  Function function;
};

/** Adds functions to the exports of this instance of the add-on; the table must be static. */
void addExports(napi_env env, napi_value exports, const Export* table, size_t count);

}  // namespace gdiff
