package dev.overseer.runner.journal;

/**
 * One transition told to one channel. It is the idempotency key that receivers see: a delivery
 * repeated after a crash has the same.
 */
public record DeliveryId(String hex) {
  public DeliveryId {
    hex = Fingerprint.checked("delivery", hex);
  }

  public static DeliveryId of(TransitionId transition, String channel) {
    return new DeliveryId(new Fingerprint("delivery").add(transition.hex()).add(channel).hex());
  }

  @Override
  public String toString() {
    return hex;
  }
}
