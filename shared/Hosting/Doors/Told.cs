using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Hosting.Doors;

/// <summary>What was asked for, as JSON, written in one piece: how long it is is known before its first byte goes out.</summary>
internal sealed class Told(object value, int status, JsonSerializerOptions json) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var body = new Pooled();
        await using (var writer = new Utf8JsonWriter(body, new() { Encoder = json.Encoder, SkipValidation = true }))
            JsonSerializer.Serialize(writer, value, value.GetType(), json);
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Written.Length;
        await response.BodyWriter.WriteAsync(body.Written, httpContext.RequestAborted);
    }

    private sealed class Pooled : IBufferWriter<byte>, IDisposable
    {
        private byte[] bytes = ArrayPool<byte>.Shared.Rent(4096);
        private int written;

        public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, written);

        public void Advance(int count) => written += count;

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            var wanted = written + Math.Max(sizeHint, 1);
            if (wanted > bytes.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(Math.Max(wanted, 2 * bytes.Length));
                Written.CopyTo(larger);
                ArrayPool<byte>.Shared.Return(bytes);
                bytes = larger;
            }
            return bytes.AsMemory(written);
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public void Dispose() => ArrayPool<byte>.Shared.Return(bytes);
    }
}
