#ifndef NBE_FUZZER_H
#define NBE_FUZZER_H

#include <stddef.h>
#include <stdint.h>

/// Runs libFuzzer with these arguments, as its own main does. `run` is called with each input, and returns 0.
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*run)(const uint8_t *bytes, size_t size));

#endif
