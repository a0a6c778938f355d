/** An add-on with one fault of each kind: a sanitizer that does not tell of it would tell of nothing. */

#include <node_api.h>

#include <climits>
#include <thread>

namespace {

volatile int largest = INT_MAX;
volatile int count = 4;
int shared = 0;

napi_value overrun(napi_env, napi_callback_info) {
  int* volatile values = new int[4];
  values[0] = largest;
  shared = values[count];
  delete[] values;
  return nullptr;
}

napi_value overflow(napi_env, napi_callback_info) {
  shared = largest + 1;
  return nullptr;
}

napi_value race(napi_env, napi_callback_info) {
  const auto add = [] {
    for (int i = 0; i < 100000; i++) shared++;
  };
  std::thread one(add), other(add);
  one.join();
  other.join();
  return nullptr;
}

}  // namespace

NAPI_MODULE_INIT() {
  const napi_property_descriptor faults[] = {
      {"overrun", nullptr, overrun, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"overflow", nullptr, overflow, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"race", nullptr, race, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
  };
  napi_define_properties(env, exports, 3, faults);
  return exports;
}
