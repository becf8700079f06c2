// Owns the cure for a crash: makes the worker's BIO callback pass on OpenSSL's own answers to control calls.
#pragma once

#ifdef __cplusplus
#include <openssl/bio.h>

// The worker's callback answers 1 to every finished control call (it compares a bit mask with ==). An OpenSSL that knows
// kernel TLS asks "is the kernel sending?", believes the 1, keeps no write buffer and dies on the first DTLS write.
// This header is put in front of every source file with -include, so no upstream file is changed.
#define BIO_set_callback_ex(bio, callback)                                                                      \
	(BIO_set_callback_ex)((bio),                                                                                  \
	  [](BIO* b, int operation, const char* argp, size_t len, int argi, long argl, int ret, size_t* done) -> long \
	  {                                                                                                           \
		  if (operation == (BIO_CB_CTRL | BIO_CB_RETURN)) return ret;                                               \
		  return (callback)(b, operation, argp, len, argi, argl, ret, done);                                        \
	  })
#endif
