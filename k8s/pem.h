// Certificates and keys as text: PEM (RFC 7468).
//
// `what` names the thing in messages: `client-key of user "ann" in ~/.kube/config`. Nothing of the
// content ever stands in a message, apart from the label of a PEM block. All throw
// Error(invalid_data). Safe from any thread.
#pragma once

#include <string>

namespace podreg::k8s {

// Throws unless there is at least one certificate and every one can be read.
void check_certificates(const std::string& pem, const std::string& what);

// The private key without its password; the text itself when it has none. Throws when the password
// is wrong.
std::string decrypt_key(const std::string& pem, const std::string& password,
                        const std::string& what);

// Throws unless the first certificate and the first private key belong to each other. A key that
// is protected by a password is refused: nobody could be asked for it.
void check_key_pair(const std::string& certificate_pem, const std::string& certificate,
                    const std::string& key_pem, const std::string& key);

}  // namespace podreg::k8s
