import { createServer, type AddressInfo, connect, type Server, type Socket } from 'node:net'

/** What a bad line does to one connection; bytes count from the sender to the server. */
export type Fault = { cutAfter: number } | { cutAnswerAfter: number } | null

export type FaultProxy = {
  url: string
  /** Bytes that went to the server so far, over all connections. */
  sent: () => number
  close: () => Promise<void>
}

/** A line between a sender and a centre that may break; `next` is asked for each new connection. */
export async function startProxy(target: string, next: () => Fault): Promise<FaultProxy> {
  const { hostname, port } = new URL(target)
  let total = 0
  const sockets = new Set<Socket>()
  const server: Server = createServer((client) => {
    const fault = next()
    const upstream = connect(Number(port), hostname)
    let up = 0
    let down = 0
    const cut = (): void => {
      client.resetAndDestroy()
      upstream.resetAndDestroy()
    }
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', cut)
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.on('data', (chunk: Buffer) => {
      const limit = fault !== null && 'cutAfter' in fault ? fault.cutAfter : Infinity
      const part = chunk.subarray(0, Math.max(0, limit - up))
      up += part.length
      total += part.length
      upstream.write(part)
      // What went through before the cut arrives; a reset at once would take it back out of the server's buffer.
      if (part.length < chunk.length) setTimeout(cut, 20)
    })
    upstream.on('data', (chunk: Buffer) => {
      down += chunk.length
      if (fault !== null && 'cutAnswerAfter' in fault && down > fault.cutAnswerAfter) cut()
      else client.write(chunk)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent: () => total,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
