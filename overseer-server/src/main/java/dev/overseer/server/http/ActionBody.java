package dev.overseer.server.http;

import dev.overseer.model.InvalidRequest;
import dev.overseer.server.desk.ActionRequest;
import dev.overseer.server.desk.ActionRequest.Kind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is posted to do something about a violation; which thing, the address says. */
record ActionBody(Optional<String> by, Optional<String> reason, Optional<Long> minutes) {

  ActionRequest request(String action) {
    return new ActionRequest(kind(action), by.orElse("somebody over HTTP"), reason, minutes);
  }

  private static Kind kind(String action) {
    return Arrays.stream(Kind.values())
        .filter(kind -> word(kind).equals(action))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidRequest(
                    "Nobody can %s a violation; possible are %s"
                        .formatted(
                            action, Arrays.stream(Kind.values()).map(ActionBody::word).toList())));
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
