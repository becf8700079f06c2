// Owns the bridge from the libsrtp 3 calls that the mediasoup worker makes to a system libsrtp 2. Compiled into the worker only.
#pragma once

// libsrtp 3 uses the name for an opaque handle, libsrtp 2 for the policy struct itself.
#define srtp_policy_t srtp2_policy_struct
#include <srtp2/srtp.h>
#undef srtp_policy_t

#include <climits>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

constexpr auto srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
constexpr auto srtp_err_status_cryptex_err = static_cast<srtp_err_status_t>(29);

struct FieldcastSrtpPolicy
{
	srtp2_policy_struct inner{};
	unsigned char key[SRTP_MAX_KEY_LEN]{};
};
using srtp_policy_t = FieldcastSrtpPolicy*;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
	*policy = new (std::nothrow) FieldcastSrtpPolicy();
	return *policy ? srtp_err_status_ok : srtp_err_status_alloc_fail;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
	policy->inner.ssrc = ssrc;
	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
	const auto err = srtp_crypto_policy_set_from_profile_for_rtp(&policy->inner.rtp, profile);
	if (err != srtp_err_status_ok) return err;
	return srtp_crypto_policy_set_from_profile_for_rtcp(&policy->inner.rtcp, profile);
}

inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy,
  const uint8_t* key, size_t keyLen,
  const uint8_t* salt, size_t saltLen,
  const uint8_t* mki, size_t mkiLen)
{
	if (mki != nullptr || mkiLen != 0 || keyLen + saltLen > sizeof(policy->key)) return srtp_err_status_bad_param;
	std::memcpy(policy->key, key, keyLen);
	std::memcpy(policy->key + keyLen, salt, saltLen);
	policy->inner.key = policy->key;
	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow)
{
	policy->inner.allow_repeat_tx = allow ? 1 : 0;
	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, size_t size)
{
	policy->inner.window_size = size;
	return srtp_err_status_ok;
}

// libsrtp 2 copies the key while creating, so the policy may be destroyed afterwards, as with libsrtp 3.
inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
	return srtp_create(session, static_cast<const srtp2_policy_struct*>(&policy->inner));
}

// Both take the SSRC in network order.
inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}

// libsrtp 2 works in place; libsrtp 3 has a separate output. `room` is what the call may append.
template<typename InPlace>
inline srtp_err_status_t fieldcastSrtpCopyAndRun(
  const uint8_t* in, size_t inLen, uint8_t* out, size_t* outLen, size_t room, InPlace inPlace)
{
	if (inLen > INT_MAX - room || *outLen < inLen + room) return srtp_err_status_buffer_small;
	if (in != out) std::memmove(out, in, inLen);
	int len = static_cast<int>(inLen);
	const auto err = inPlace(out, &len);
	if (err == srtp_err_status_ok) *outLen = static_cast<size_t>(len);
	return err;
}

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* in, size_t inLen, uint8_t* out, size_t* outLen, size_t /*mkiIndex*/)
{
	return fieldcastSrtpCopyAndRun(in, inLen, out, outLen, SRTP_MAX_TRAILER_LEN,
	  [session](void* data, int* len) { return srtp_protect(session, data, len); });
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* in, size_t inLen, uint8_t* out, size_t* outLen)
{
	return fieldcastSrtpCopyAndRun(in, inLen, out, outLen, 0,
	  [session](void* data, int* len) { return srtp_unprotect(session, data, len); });
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const uint8_t* in, size_t inLen, uint8_t* out, size_t* outLen, size_t /*mkiIndex*/)
{
	// SRTCP appends a 32-bit index besides the tag.
	return fieldcastSrtpCopyAndRun(in, inLen, out, outLen, SRTP_MAX_TRAILER_LEN + sizeof(uint32_t),
	  [session](void* data, int* len) { return srtp_protect_rtcp(session, data, len); });
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* in, size_t inLen, uint8_t* out, size_t* outLen)
{
	return fieldcastSrtpCopyAndRun(in, inLen, out, outLen, 0,
	  [session](void* data, int* len) { return srtp_unprotect_rtcp(session, data, len); });
}
