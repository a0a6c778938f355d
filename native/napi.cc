#include "napi.h"

#include <new>

namespace gdiff {

size_t countOf(std::initializer_list<size_t> sizes) {
  size_t count = 1;
  bool fits = true;
  for (const size_t size : sizes) {
    if (size == 0) return 0;
    fits = !__builtin_mul_overflow(count, size, &count) && fits;
  }
  return fits ? count : kTooMany;
}

Arguments::Arguments(napi_env env, napi_callback_info info, const char* function)
    : env_(env), function_(function) {
  napi_get_cb_info(env, info, &count_, values_, nullptr, nullptr);
}

napi_value Arguments::next(const char* name) {
  if (taken_ == kMost) throw ArgumentError(std::string(function_) + ": too many arguments");
  if (taken_ >= count_) refuse(name, "a value", "nothing");
  return values_[taken_++];
}

void Arguments::refuse(const char* name, const std::string& expected, const std::string& got) {
  throw ArgumentError(std::string("native ") + function_ + ": expected " + name + " to be " +
                      expected + ", got " + got);
}

static const char* typeName(napi_env env, napi_value value) {
  static const char* const names[] = {"undefined", "null",   "a boolean",  "a number",   "a string",
                                      "a symbol",  "object", "a function", "an external", "a bigint"};
  napi_valuetype type = napi_undefined;
  napi_typeof(env, value, &type);
  return names[type];
}

static bool isUndefined(napi_env env, napi_value value) {
  napi_valuetype type = napi_undefined;
  napi_typeof(env, value, &type);
  return type == napi_undefined;
}

/** Bytes of one element; the order of napi_typedarray_type. */
static size_t elementBytes(napi_typedarray_type type) {
  static const size_t bytes[] = {1, 1, 1, 2, 2, 4, 4, 4, 8, 8, 8};
  return bytes[type];
}

void* Arguments::typedArray(const char* name, napi_typedarray_type wanted, const char* wantedName,
                            size_t count, bool isOptional) {
  napi_value value = next(name);
  if (isOptional && isUndefined(env_, value)) return nullptr;
  const std::string expected = std::string(wantedName) + " of " + std::to_string(count) + " values or more";
  bool isTypedArray = false;
  napi_is_typedarray(env_, value, &isTypedArray);
  if (!isTypedArray) refuse(name, expected, typeName(env_, value));
  napi_typedarray_type type;
  size_t length = 0;
  void* data = nullptr;
  napi_get_typedarray_info(env_, value, &type, &length, &data, nullptr, nullptr);
  if (type != wanted) refuse(name, expected, "a typed array of another kind");
  if (length < count) refuse(name, expected, std::to_string(length) + " values");
  return data;
}

float* Arguments::floats(const char* name, size_t count) {
  return static_cast<float*>(typedArray(name, napi_float32_array, "a Float32Array", count, false));
}
float* Arguments::optionalFloats(const char* name, size_t count) {
  return static_cast<float*>(typedArray(name, napi_float32_array, "a Float32Array", count, true));
}
int32_t* Arguments::ints(const char* name, size_t count) {
  return static_cast<int32_t*>(typedArray(name, napi_int32_array, "an Int32Array", count, false));
}
int32_t* Arguments::optionalInts(const char* name, size_t count) {
  return static_cast<int32_t*>(typedArray(name, napi_int32_array, "an Int32Array", count, true));
}
double* Arguments::doubles(const char* name, size_t count) {
  return static_cast<double*>(typedArray(name, napi_float64_array, "a Float64Array", count, false));
}
uint8_t* Arguments::bytes(const char* name, size_t count) {
  return static_cast<uint8_t*>(typedArray(name, napi_uint8_array, "a Uint8Array", count, false));
}

void* Arguments::whole(const char* name, napi_typedarray_type wanted, const char* wantedName, size_t& length) {
  napi_value value = next(name);
  bool isTypedArray = false;
  napi_is_typedarray(env_, value, &isTypedArray);
  if (!isTypedArray) refuse(name, wantedName, typeName(env_, value));
  napi_typedarray_type type;
  void* data = nullptr;
  napi_get_typedarray_info(env_, value, &type, &length, &data, nullptr, nullptr);
  if (type != wanted) refuse(name, wantedName, "a typed array of another kind");
  return data;
}

Bytes Arguments::allBytes(const char* name) {
  size_t length = 0;
  uint8_t* const data = static_cast<uint8_t*>(whole(name, napi_uint8_array, "a Uint8Array", length));
  return {data, length};
}

Words Arguments::allWords(const char* name) {
  size_t length = 0;
  const uint32_t* const data = static_cast<const uint32_t*>(whole(name, napi_uint32_array, "a Uint32Array", length));
  return {data, length};
}

void* Arguments::memory(const char* name, size_t count) {
  void* data = optionalMemory(name, count);
  if (data == nullptr && count > 0) refuse(name, "a typed array", "undefined");
  return data;
}

void* Arguments::optionalMemory(const char* name, size_t count) {
  napi_value value = next(name);
  if (isUndefined(env_, value)) return nullptr;
  const std::string expected = "a typed array of " + std::to_string(count) + " bytes or more";
  bool isTypedArray = false;
  napi_is_typedarray(env_, value, &isTypedArray);
  if (!isTypedArray) refuse(name, expected, typeName(env_, value));
  napi_typedarray_type type;
  size_t length = 0;
  void* data = nullptr;
  napi_get_typedarray_info(env_, value, &type, &length, &data, nullptr, nullptr);
  const size_t bytes = length * elementBytes(type);
  if (bytes < count) refuse(name, expected, std::to_string(bytes) + " bytes");
  return data;
}

std::vector<Floats> Arguments::listOfFloats(const char* name) {
  napi_value value = next(name);
  uint32_t count = 0;
  if (napi_get_array_length(env_, value, &count) != napi_ok)
    refuse(name, "an array of Float32Arrays", typeName(env_, value));
  std::vector<Floats> list(count);
  for (uint32_t i = 0; i < count; i++) {
    napi_value entry;
    napi_get_element(env_, value, i, &entry);
    bool isTypedArray = false;
    napi_is_typedarray(env_, entry, &isTypedArray);
    napi_typedarray_type type = napi_uint8_array;
    void* data = nullptr;
    if (isTypedArray)
      napi_get_typedarray_info(env_, entry, &type, &list[i].size, &data, nullptr, nullptr);
    if (type != napi_float32_array)
      refuse(name, "an array of Float32Arrays",
             (isTypedArray ? "a typed array of another kind" : typeName(env_, entry)) + std::string(" at ") +
                 std::to_string(i));
    list[i].data = static_cast<const float*>(data);
  }
  return list;
}

double Arguments::number(const char* name) {
  napi_value value = next(name);
  double number = 0;
  if (napi_get_value_double(env_, value, &number) != napi_ok) refuse(name, "a number", typeName(env_, value));
  return number;
}

size_t Arguments::size(const char* name) {
  const double value = number(name);
  if (!(value >= 0 && value <= 9007199254740992.0) || value != static_cast<double>(static_cast<size_t>(value)))
    refuse(name, "a non-negative integer", std::to_string(value));
  return static_cast<size_t>(value);
}

bool Arguments::flag(const char* name) {
  napi_value value = next(name);
  bool flag = false;
  if (napi_get_value_bool(env_, value, &flag) != napi_ok) refuse(name, "true or false", typeName(env_, value));
  return flag;
}

std::string Arguments::text(const char* name) {
  napi_value value = next(name);
  size_t length = 0;
  if (napi_get_value_string_utf8(env_, value, nullptr, 0, &length) != napi_ok)
    refuse(name, "a string", typeName(env_, value));
  std::string text(length, '\0');
  napi_get_value_string_utf8(env_, value, &text[0], length + 1, &length);
  return text;
}

napi_value Arguments::buffer(const char* name) {
  napi_value value = next(name);
  bool isBuffer = false;
  napi_is_arraybuffer(env_, value, &isBuffer);
  if (!isBuffer) refuse(name, "an ArrayBuffer", typeName(env_, value));
  return value;
}

static napi_value call(napi_env env, napi_callback_info info) {
  void* data = nullptr;
  napi_get_cb_info(env, info, nullptr, nullptr, nullptr, &data);
  const Export& entry = *static_cast<const Export*>(data);
  try {
    Arguments arguments(env, info, entry.name);
    return entry.function(arguments);
  } catch (const ArgumentError& error) {
    napi_throw_type_error(env, "GDIFF_NATIVE_ARGUMENT", error.what());
  } catch (const OutOfMemory& error) {
    napi_throw_range_error(env, "GDIFF_OUT_OF_MEMORY", error.what());
  } catch (const std::bad_alloc&) {
    const std::string text = std::string("native ") + entry.name + ": out of memory";
    napi_throw_range_error(env, "GDIFF_OUT_OF_MEMORY", text.c_str());
  } catch (const std::exception& error) {
    napi_throw_error(env, "GDIFF_NATIVE", error.what());
  }
  return nullptr;
}

void addExports(napi_env env, napi_value exports, const Export* table, size_t count) {
  for (size_t i = 0; i < count; i++) {
    napi_value function;
    napi_create_function(env, table[i].name, NAPI_AUTO_LENGTH, call, const_cast<Export*>(&table[i]), &function);
    napi_set_named_property(env, exports, table[i].name, function);
  }
}

}  // namespace gdiff
