/** A route; what its pattern catches is `names`, the first of them also `id`. */
export const on = (method, path, handle, more = {}) => ({
  method,
  pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`),
  handle,
  ...more,
})
