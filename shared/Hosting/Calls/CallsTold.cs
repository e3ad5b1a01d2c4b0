using System.Text.Json;
using RabbitMQ.Client;

namespace CrmPlatform.Hosting.Calls;

/// <summary>
/// What programs asked the edge, as it tells identity, which keeps it: a few hundred at once. Whoever tells or hears of it declares the queue.
/// </summary>
/// <param name="Batch">The same however often it is told.</param>
/// <param name="Calls">The calls, one by one; some may be missing, which the usage counts.</param>
/// <param name="Usage">How many there were, since the batch before.</param>
public sealed record CallsTold(Guid Batch, IReadOnlyList<Call> Calls, IReadOnlyList<CallUsage> Usage)
{
    /// <summary>The queue. It holds what identity would need hours for; what does not fit the edge keeps, and counts what it cannot keep.</summary>
    public const string Queue = "identity.calls";

    private const int MostMessages = 5_000;

    /// <summary>Declares the queue.</summary>
    public static Task Declare(IChannel channel, CancellationToken cancel) => channel.QueueDeclareAsync(
        Queue, durable: true, exclusive: false, autoDelete: false,
        new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-max-length"] = MostMessages, ["x-overflow"] = "reject-publish" },
        cancellationToken: cancel);

    /// <summary>As it travels.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);

    /// <summary>As it arrives; null where it is none.</summary>
    public static CallsTold? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<CallsTold>(body, JsonSerializerOptions.Web) is { Calls: not null, Usage: not null } told ? told : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>One request of a program: what it asked and what came of it. Nothing that was sent or answered is in it, and no query.</summary>
/// <param name="Id">The request's own id, which its answer names (<c>Crm-Request</c>); it says when it came.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="Source">The API key or OAuth client.</param>
/// <param name="Actor">Who it acted as: itself, or a person.</param>
/// <param name="Method">GET, POST …</param>
/// <param name="Route">The route, as the OpenAPI document names it.</param>
/// <param name="Record">The record it was about, where the route has one.</param>
/// <param name="Status">What was answered.</param>
/// <param name="Code">The code of the problem, if it was one.</param>
/// <param name="Ms">How long that took.</param>
/// <param name="Trace">The trace it is in.</param>
/// <param name="Received">Bytes of what was sent.</param>
/// <param name="Sent">Bytes of what was answered.</param>
/// <param name="Deprecated">Whether what it used is deprecated.</param>
public sealed record Call(
    Guid Id, Guid Tenant, string Source, string Actor, string Method, string Route, Guid? Record, int Status, string? Code, double Ms, string Trace,
    long Received, long Sent, bool Deprecated);

/// <summary>What a program asked on a day, since it was last told.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Source">The API key or OAuth client.</param>
/// <param name="Day">The day, in UTC.</param>
/// <param name="Plan">The tenant's plan.</param>
/// <param name="PerSecond">How many requests a second it allows; null where it sets no limit.</param>
/// <param name="Counts">How much.</param>
public sealed record CallUsage(Guid Tenant, string Source, DateOnly Day, string Plan, int? PerSecond, CallCounts Counts);

/// <summary>How much a program asked.</summary>
/// <param name="Calls">Requests.</param>
/// <param name="Errors">Those that were answered with a problem.</param>
/// <param name="Limited">Those of them that the plan's limit refused.</param>
/// <param name="Deprecated">Those that used what is deprecated.</param>
/// <param name="Received">Bytes of what was sent.</param>
/// <param name="Sent">Bytes of what was answered.</param>
/// <param name="Unlisted">Requests that are counted and could not be kept one by one.</param>
public readonly record struct CallCounts(long Calls, long Errors, long Limited, long Deprecated, long Received, long Sent, long Unlisted)
{
    /// <summary>Both together.</summary>
    public static CallCounts operator +(CallCounts a, CallCounts b) => new(
        a.Calls + b.Calls, a.Errors + b.Errors, a.Limited + b.Limited, a.Deprecated + b.Deprecated, a.Received + b.Received, a.Sent + b.Sent,
        a.Unlisted + b.Unlisted);

    /// <summary>Both together.</summary>
    public static CallCounts Add(CallCounts left, CallCounts right) => left + right;
}
