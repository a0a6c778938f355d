/** Waiting for several things at once, and taking them in order. */

/**
 * Yields what `make` makes of every item, in order; up to `ahead` more are begun before the one that is asked for is there.
 *
 * @throws whatever `make` throws, when the turn of its item comes
 */
export async function* mapAhead<Item, Made>(
  items: Iterable<Item>,
  ahead: number,
  make: (item: Item) => Promise<Made>,
): AsyncGenerator<Made> {
  const begun: Promise<Made>[] = [];
  for (const item of items) {
    const made = make(item);
    made.catch(() => {}); // is thrown when its turn comes, if it comes
    begun.push(made);
    if (begun.length > ahead) yield await (begun.shift() as Promise<Made>);
  }
  for (const made of begun) yield await made;
}
