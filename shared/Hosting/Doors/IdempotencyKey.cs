using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrmPlatform.Access;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace CrmPlatform.Hosting.Doors;

/// <summary>
/// A client's promise that two requests with one key are one request: the second gets the first one's answer and changes nothing. The answer is
/// for whoever asked first: others may not see what it shows.
/// </summary>
internal sealed class IdempotencyKey
{
    private const string Header = "Idempotency-Key";
    private const string Replayed = "Idempotency-Replayed";
    private const int Longest = 255;

    private readonly string key;
    private readonly byte[] request;

    private IdempotencyKey(string key, byte[] request) => (this.key, this.request) = (key, request);

    /// <summary>The key of this request, if it has one; buffers the body to recognise the same request.</summary>
    public static async Task<IdempotencyKey?> Read(HttpContext http)
    {
        if (http.Request.Headers[Header].ToString() is not { Length: > 0 } key)
            return null;
        if (key.Length > Longest)
            throw new Refusal(400, "idempotency_key_invalid", $"An {Header} has at most {Longest} characters.");

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(
            $"{http.Features.Get<Caller>()!.Actor.Id}\n{http.Request.Method} {http.Request.Path}{http.Request.QueryString}\n"));
        if (http.Request.Body.CanSeek)
        {
            http.Request.Body.Position = 0; // the body was read for binding, from the buffer the first middleware put in place
            var buffer = new byte[8192];
            for (int read; (read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0;)
                hash.AppendData(buffer, 0, read);
        }
        return new IdempotencyKey(key, hash.GetHashAndReset());
    }

    /// <summary>Two requests of the same key met: the later one lost.</summary>
    public static bool WasTaken(Exception e) =>
        e is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "idempotency_pkey" };

    /// <summary>The answer that was given to this key, or null the first time.</summary>
    public async Task<Answer?> FirstAnswer(Session session)
    {
        var known = await session.Query<Stored>(
            "select request, status, headers::text as headers, body from idempotency where tenant = @tenant and key = @key", new { key });
        if (known is not [var first])
            return null;
        if (!first.Request.AsSpan().SequenceEqual(request))
            throw new Refusal(422, "idempotency_key_reused", $"This {Header} was used for another request.");
        var headers = JsonSerializer.Deserialize<Dictionary<string, string>>(first.Headers)!;
        headers[Replayed] = "true";
        return new Answer(first.Status, headers, Encoding.UTF8.GetBytes(first.Body));
    }

    /// <summary>Keeps the answer in the transaction of the change.</summary>
    public ValueTask Store(Session session, Answer answer) => session.Execute(
        """
        insert into idempotency (tenant, key, request, status, headers, body, at)
        values (@tenant, @key, @request, @status, @headers::jsonb, @body, now())
        """,
        new { key, request, status = answer.Status, headers = JsonSerializer.Serialize(answer.Headers), body = Encoding.UTF8.GetString(answer.Body) });

    private sealed record Stored
    {
        public required byte[] Request { get; init; }

        public required int Status { get; init; }

        public required string Headers { get; init; }

        public required string Body { get; init; }
    }
}
