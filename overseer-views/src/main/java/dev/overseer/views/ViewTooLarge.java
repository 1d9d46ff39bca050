package dev.overseer.views;

/**
 * A record or a view is larger than {@link ViewLimits} allows, so that nothing can be said of it:
 * raise the limit, or make the view narrower.
 */
public final class ViewTooLarge extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ViewTooLarge(String message) {
    super(message);
  }
}
