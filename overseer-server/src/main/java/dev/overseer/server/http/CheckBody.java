package dev.overseer.server.http;

import dev.overseer.model.InvalidRequest;
import dev.overseer.server.desk.CheckRequest;
import dev.overseer.server.desk.CheckRequest.Kind;
import java.util.Arrays;
import java.util.Optional;

/** What is posted to steer a check; where to, the address says. */
record CheckBody(Optional<String> by, Optional<String> reason) {

  CheckRequest request(String action) {
    return new CheckRequest(kind(action), by.orElse("somebody over HTTP"), reason.orElse(""));
  }

  private static Kind kind(String action) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.word().equals(action))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidRequest(
                    "Nobody can %s a check; possible are %s"
                        .formatted(action, Arrays.stream(Kind.values()).map(Kind::word).toList())));
  }
}
