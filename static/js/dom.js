/** Return what matches a selector under root, root itself included. */
export function all(root, selector) {
  const below = [...root.querySelectorAll(selector)];
  return root.matches?.(selector) ? [root, ...below] : below;
}
