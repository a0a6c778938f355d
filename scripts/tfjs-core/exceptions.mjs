/**
 * Tests of TensorFlow.js' core that its cpu backend passes and the native one does not, with the reason. A test named
 * here that passes is an error too.
 */

export const EXCEPTIONS = {};
