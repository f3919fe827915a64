import Hummingbird
import NIOCore

/// Sends a page that several clients share, so that a client that does not read it needs no memory but a chunk.
enum ChunkedBody {
    static func body(of page: ByteBuffer, on channel: any Channel) -> ResponseBody {
        guard page.readableBytes > PageStream.chunkSize else { return ResponseBody(byteBuffer: page) }
        return ResponseBody(contentLength: page.readableBytes) { writer in
            var rest = page
            while let chunk = rest.readSlice(length: min(PageStream.chunkSize, rest.readableBytes)) {
                try await writer.write(chunk)
                if rest.readableBytes == 0 { break }
                await channel.allIsSent()
            }
            try await writer.finish(nil)
        }
    }
}

extension Channel {
    /// Returns when all that was written has gone to the client.
    func allIsSent() async {
        // Fails only on a connection that is closed, which the next write reports.
        try? await triggerUserOutboundEvent(AllIsSent()).get()
    }
}
