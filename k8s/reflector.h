// Follows the objects of one kind for as long as it is asked to: a list, then a watch from its
// version on, as client-go's reflector does it.
//
// Where the server can, the list comes as the first events of the watch (sendInitialEvents,
// Kubernetes 1.32 and later); a server that refuses that, or does not end such a list, is asked for
// a list; and one that fails at it, for this one list, as one does whose events take more bytes
// than a list may have or longer than a request may last. A watch that ends goes on from the last
// version that an event or bookmark had. A version that is too old (410, or an ERROR event of any
// kind) means: the list anew, of which only the differences count. What fails is tried again after
// a pause (k8s/backoff.h), or the one that the server asks for; the pauses are short again when a
// watch that went on has told something. When the server has answered one reflector of a
// connection, those that wait for it to come back need not wait any longer. The server is told to
// end a watch after a few minutes; one that lasts longer and is silent is broken, which may be the
// whole connection.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/error.h"
#include "k8s/api_call.h"
#include "k8s/live_answer.h"
#include "k8s/media_types.h"
#include "k8s/object_stores.h"
#include "k8s/reflector_context.h"
#include "k8s/reflector_pauses.h"
#include "k8s/retry.h"
#include "k8s/watch_event.h"

namespace podreg::k8s {

class Reflector {
 public:
  // Begins when step() is first called. `what` is a list; `kind` is that of its items;
  // `accept_list` and `accept_watch` are the media types of both. Context and store must outlive
  // it.
  struct Subject {
    ApiCall what;
    std::string accept_list = kJsonType;
    std::string accept_watch = kJsonType;
  };
  Reflector(ReflectorContext& context, Subject subject, ObjectStore& store);

  // Does what can be done without waiting, apart from reading a list, or an answer that is none,
  // that has begun to arrive. Throws the Error of the first list when four attempts have failed,
  // and at once when there are no credentials for it or listing is allowed and watching is not;
  // later, or once the context is established, only Error(not_allowed) that has lasted.
  void step();

  // When step() has something to do although nothing arrives: steady milliseconds.
  std::int64_t next_step_at() const;

  // Whether the store has held all objects once; and whether the server has allowed a watch once.
  bool has_listed() const { return has_listed_; }
  bool has_watched() const { return has_watched_; }

  // Why the last attempt failed; empty when none has since it last worked. May be text from the
  // network.
  const std::string& failure() const { return pauses_.failure(); }

  // The connection is gone: begins again at once, from where it was.
  void interrupt();

 private:
  enum class Phase { pause, list, initial_events, watch };

  std::int64_t now() const { return context_.clock.steady_milliseconds(); }
  std::string name() const;

  void begin();
  void begin_watch();
  void ask(const ApiCall& call, const std::string& accept, Phase phase);
  bool take_head();
  void take_refusal(int status);
  bool read_list();
  bool read_events();
  void take_event(std::string_view line);
  void take_error(const WatchEvent& event);
  void put_object(const WatchEvent& event);
  void take_end();
  void check_silence();
  bool is_streaming_refused(int status) const;
  bool streams_too_much(std::size_t bytes);
  std::optional<std::int64_t> stream_end() const;
  void ask_plainly();

  void listed(std::string version);
  void pause(std::chrono::milliseconds time);
  std::int64_t pause_end() const;
  void list_anew();
  void fail(const core::Error& error, Fault fault);

  ReflectorContext& context_;
  Subject subject_;
  ObjectStore& store_;
  ReflectorPauses pauses_;

  Phase phase_ = Phase::pause;
  std::unique_ptr<LiveAnswer> answer_;
  EventLines lines_;
  std::string version_;      // to go on from; empty: list
  bool plain_list_ = false;  // ask for the next list as such: streaming it has failed
  bool has_listed_ = false;
  bool has_watched_ = false;  // the server has once allowed a watch
  bool head_taken_ = false;
  bool heard_event_ = false;         // of this watch
  std::uint64_t initial_bytes_ = 0;  // of the list that comes as events
  std::int64_t began_ = 0;           // the request
  std::int64_t heard_ = 0;           // the last bytes
  std::int64_t pause_until_ = 0;
  std::optional<int> answers_before_;  // of the server that the pause waits for
  bool goes_on_ = false;               // the watch, from where another was
  std::int64_t listed_at_ = 0;
  std::chrono::seconds timeout_{0};  // of this watch
  bool renewed_ = false;             // the credentials, because of the last 401
};

}  // namespace podreg::k8s
