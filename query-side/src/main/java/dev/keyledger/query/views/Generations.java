package dev.keyledger.query.views;

/**
 * Which generations of the views there are, and what each of them is for. A rebuild makes the next
 * one beside the one that is served, and goes through the stages in their order.
 *
 * @param served the generation that answers; the first is 0
 */
public record Generations(long served, Stage stage) {

  /** How far a rebuild is. */
  public enum Stage {
    /** There is none. */
    SERVING,
    /** The next generation is filled, never beyond what the served one holds; nobody reads it. */
    BUILDING,
    /** Readers look into both and show what is further on. */
    COMPARING,
    /** What is new goes into the next generation only; readers still look into both. */
    HANDING_OVER
  }

  /** As it is where nothing was ever rebuilt. */
  public static final Generations FIRST = new Generations(0, Stage.SERVING);

  /**
   * The generation that a rebuild makes. Its number is new: a rebuild that was begun ends only when
   * what it made is served.
   */
  public long next() {
    return served + 1;
  }

  /** Whether an answer takes a look into the next generation, too. */
  public boolean readsBoth() {
    return stage == Stage.COMPARING || stage == Stage.HANDING_OVER;
  }

  /** The generation that the projection writes. */
  public long written() {
    return stage == Stage.HANDING_OVER ? next() : served;
  }
}
