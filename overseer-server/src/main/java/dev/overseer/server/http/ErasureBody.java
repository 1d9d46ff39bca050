package dev.overseer.server.http;

import dev.overseer.server.desk.ErasureRequest;
import java.util.Optional;

/** What is posted to erase a subject. */
record ErasureBody(
    Optional<String> kind, Optional<String> subject, Optional<String> by, Optional<String> reason) {

  ErasureRequest request() {
    return new ErasureRequest(
        kind.orElse("subject"),
        subject.orElse(""),
        by.orElse("somebody over HTTP"),
        reason.orElse(""));
  }
}
