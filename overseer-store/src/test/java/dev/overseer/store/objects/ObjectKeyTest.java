package dev.overseer.store.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.InvalidRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeyTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/b.c", "log-1/00012.segment", "A_b/0"})
  void words_with_slashes_between_are_keys(String value) {
    assertThat(new ObjectKey(value)).hasToString(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/a", "a/", "a//b", "../a", "a/../b", ".a", "a b", "ä", "a\\b", "a/.b"})
  void what_could_lead_elsewhere_is_none(String value) {
    assertThatThrownBy(() -> new ObjectKey(value)).isInstanceOf(InvalidRequest.class);
  }
}
