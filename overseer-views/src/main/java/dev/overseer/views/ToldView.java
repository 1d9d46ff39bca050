package dev.overseer.views;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A view as far as it can be told.
 *
 * @param view without the members that cannot be told
 * @param untold for each alias under which others may belong into it, why they cannot be told
 */
public record ToldView(View view, Map<String, String> untold) {
  public ToldView {
    untold = Collections.unmodifiableMap(new LinkedHashMap<>(untold));
  }
}
