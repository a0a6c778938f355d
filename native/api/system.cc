#include "../cpu.h"
#include "../memory.h"
#include "../napi.h"
#include "../parallel.h"
#include "api.h"

#include <cstdint>
#include <memory>

namespace gdiff {

namespace {

napi_value text(napi_env env, const char* value) {
  napi_value result;
  napi_create_string_utf8(env, value, NAPI_AUTO_LENGTH, &result);
  return result;
}

/** Pages behind an ArrayBuffer; freed when it is released, or else when it is collected. */
struct Pages {
  void* data;
  size_t bytes;

  void free() {
    if (data != nullptr) freePages(data, bytes);
    data = nullptr;
  }
};

/** allocate(bytes): an ArrayBuffer of the system's pages, freed when it is collected or released. */
napi_value allocate(Arguments& args) {
  const size_t bytes = args.size("bytes");
  auto pages = std::make_unique<Pages>(Pages{allocatePages(bytes), bytes});
  napi_value buffer;
  const napi_status status = napi_create_external_arraybuffer(
      args.env(), pages->data, bytes,
      [](napi_env, void*, void* hint) {
        std::unique_ptr<Pages> owned(static_cast<Pages*>(hint));
        owned->free();
      },
      pages.get(), &buffer);
  if (status != napi_ok) {
    pages->free();
    throw std::runtime_error("native allocate: this Node.js refuses external ArrayBuffers");
  }
  // The finalizer owns them now. It runs some turns of the event loop after a release, which finds them by this.
  napi_wrap(args.env(), buffer, pages.release(), nullptr, nullptr, nullptr);
  return buffer;
}

/** release(buffer): detaches a buffer of allocate(); its pages go back to the system at once. */
napi_value release(Arguments& args) {
  napi_value buffer = args.buffer("buffer");
  void* pages = nullptr;
  if (napi_remove_wrap(args.env(), buffer, &pages) != napi_ok)
    throw ArgumentError("native release: expected a buffer of allocate(), not yet released, got another one");
  void* const data = static_cast<Pages*>(pages)->data;
  const size_t bytes = static_cast<Pages*>(pages)->bytes;
  static_cast<Pages*>(pages)->data = nullptr;
  napi_detach_arraybuffer(args.env(), buffer);
  freePages(data, bytes);
  return nullptr;
}

/** setMemoryLimit(bytes): for the whole process; 0: none. */
napi_value setLimit(Arguments& args) {
  setMemoryLimit(args.size("bytes"));
  return nullptr;
}

napi_value number(napi_env env, size_t value) {
  napi_value result;
  napi_create_double(env, static_cast<double>(value), &result);
  return result;
}

napi_value getLimit(Arguments& args) { return number(args.env(), memoryLimit()); }
napi_value getTaken(Arguments& args) { return number(args.env(), memoryTaken()); }

napi_value getInstructionSet(Arguments& args) { return text(args.env(), kernels().name); }

/** setInstructionSet(name): for tests; one for the whole process. */
napi_value setInstructionSet(Arguments& args) {
  selectKernels(args.text("name").c_str());
  return nullptr;
}

/** instructionSets(): [{ name, runsHere }], the best first. */
napi_value instructionSets(Arguments& args) {
  napi_env env = args.env();
  napi_value list;
  napi_create_array(env, &list);
  uint32_t i = 0;
  for (const KernelSet* set = kernelSets(); set->kernels != nullptr; set++) {
    napi_value entry, runsHere;
    napi_create_object(env, &entry);
    napi_get_boolean(env, set->runsHere(), &runsHere);
    napi_set_named_property(env, entry, "name", text(env, set->kernels->name));
    napi_set_named_property(env, entry, "runsHere", runsHere);
    napi_set_element(env, list, i++, entry);
  }
  return list;
}

napi_value hasBf16(Arguments& args) {
  napi_value result;
  napi_get_boolean(args.env(), kernels().hasBf16, &result);
  return result;
}

napi_value getThreads(Arguments& args) {
  napi_value result;
  napi_create_uint32(args.env(), static_cast<uint32_t>(threadCount()), &result);
  return result;
}

napi_value setThreads(Arguments& args) {
  setThreadCount(args.size("count"));
  return nullptr;
}

const Export kExports[] = {
    {"allocate", allocate},
    {"release", release},
    {"setMemoryLimit", setLimit},
    {"memoryLimit", getLimit},
    {"memoryTaken", getTaken},
    {"getInstructionSet", getInstructionSet},
    {"setInstructionSet", setInstructionSet},
    {"instructionSets", instructionSets},
    {"hasBf16", hasBf16},
    {"getThreads", getThreads},
    {"setThreads", setThreads},
};

}  // namespace

void exportSystem(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
