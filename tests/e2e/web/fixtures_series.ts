// Prometheus's answers for the query page and the series of a service.
export function rangeResult(query: string, start: number, end: number, step: number): unknown {
  const values: [number, string][] = [];
  for (let at = start; at <= end; at += step) {
    const wave = 400 + 40 * Math.sin(at / 700) + 12 * Math.sin(at / 61);
    const filled = 1.5 * 2 ** 30 + ((end - at) / Math.max(1, end - start)) * 1.1 * 2 ** 30;
    values.push([
      at,
      String(
        query.includes('node_filesystem_avail')
          ? filled
          : query.includes('5..')
            ? wave / 90_000
            : query.includes('0.95')
              ? wave / 2_000
              : wave,
      ),
    ]);
  }
  const half = Math.floor(values.length / 2);
  const gap = values.filter((_, index) => index < half || index > half + 6);
  return {
    status: 'success',
    data: {
      resultType: 'matrix',
      result: /sum|max/.test(query)
        ? [{ metric: {}, values: gap }]
        : [
            {
              metric: { __name__: 'up', instance: '127.0.0.1:8081', job: 'checkout' },
              values: gap,
            },
            {
              metric: { __name__: 'up', instance: '127.0.0.1:8082', job: 'payments' },
              values: values.map(([at, value]) => [at, String(Number(value) * 0.6)]),
            },
          ],
    },
  };
}
