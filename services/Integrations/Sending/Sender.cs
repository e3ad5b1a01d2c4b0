using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Hosting;
using CrmPlatform.Integrations.Webhooks;

namespace CrmPlatform.Integrations.Sending;

/// <summary>What came of one request.</summary>
/// <param name="At">When it was sent.</param>
/// <param name="TookMs">How long it took.</param>
/// <param name="Status">What was answered, if something was.</param>
/// <param name="Error">Why it is no success.</param>
/// <param name="Asked">How long to wait, as the answer says.</param>
/// <param name="RequestHeaders">What was sent, as JSON; the values of the webhook's own headers are left out.</param>
/// <param name="RequestBody">What was sent, its beginning.</param>
/// <param name="ResponseHeaders">What was answered, as JSON.</param>
/// <param name="ResponseBody">What was answered, its beginning.</param>
internal sealed record Answered(
    DateTimeOffset At, int TookMs, int? Status, string? Error, TimeSpan? Asked, string RequestHeaders, string RequestBody, string? ResponseHeaders,
    string? ResponseBody)
{
    /// <summary>Whether it was taken.</summary>
    public bool IsTaken => Status is >= 200 and < 300;

    /// <summary>Whether the address wants nothing any more.</summary>
    public bool IsGone => Status == (int)HttpStatusCode.Gone;
}

/// <summary>Sends one event to one address: signed, once, and not to where it is sent on to.</summary>
internal sealed class Sender(Guard guard, Settings settings, TimeProvider clock) : IDisposable
{
    /// <summary>What is sent at most; of more only that it happened.</summary>
    public const int LargestBody = 256 * 1024;

    private const int KeptOfRequest = 16 * 1024, KeptOfResponse = 4 * 1024, KeptHeaders = 30;

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectCallback = guard.Connect,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxResponseHeadersLength = 32,
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(), // strangers learn nothing of our traces
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Sends a body to a webhook under an id, signed with its secrets.</summary>
    public async Task<Answered> Send(Webhook webhook, IReadOnlyList<byte[]> secrets, string id, byte[] body, CancellationToken cancel)
    {
        var at = clock.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (webhook.Format == WebhookFormat.Standard)
        {
            request.Headers.TryAddWithoutValidation("webhook-id", id);
            request.Headers.TryAddWithoutValidation("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            request.Headers.TryAddWithoutValidation("webhook-signature", Signature.Of(secrets, id, at, body));
        }
        request.Headers.TryAddWithoutValidation("User-Agent", "CrmPlatform-Webhooks/1.0");
        var shown = request.Headers.NonValidated.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        foreach (var header in webhook.Headers)
        {
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
            shown.TryAdd(header.Name, "…");
        }
        var sent = JsonSerializer.Serialize(shown, Changes.Json);
        var said = Beginning(body.AsSpan(), KeptOfRequest);
        var watch = Stopwatch.StartNew();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(settings.WebhookTimeout);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var answer = await Begin(response, patience.Token);
            return new Answered(
                at, Took(), (int)response.StatusCode, response.IsSuccessStatusCode ? null : Why(response.StatusCode), Asked(response, clock.GetUtcNow()),
                sent, said,
                JsonSerializer.Serialize(response.Headers.Concat(response.Content.Headers).Take(KeptHeaders)
                    .ToDictionary(h => h.Key, h => Plain(string.Join(", ", h.Value))), Changes.Json), answer);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested
            && e is HttpRequestException or OperationCanceledException or IOException or UriFormatException)
        {
            return new Answered(at, Took(), null, Why(e), null, sent, said, null, null);
        }

        int Took() => (int)watch.ElapsedMilliseconds;
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static async Task<string> Begin(HttpResponseMessage response, CancellationToken cancel)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        var buffer = new byte[KeptOfResponse];
        return Beginning(buffer.AsSpan(0, await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel)), KeptOfResponse);
    }

    private static string Beginning(ReadOnlySpan<byte> text, int most) => Plain(Encoding.UTF8.GetString(text.Length > most ? text[..most] : text));

    // The one character that PostgreSQL's text cannot hold.
    private static string Plain(string text) => text.Replace("\0", "", StringComparison.Ordinal);

    private static TimeSpan? Asked(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - now,
        _ => null,
    };

    private static string Why(HttpStatusCode status) => (int)status is >= 300 and < 400
        ? "It sends on to another address: say that one instead." : $"It answered {(int)status}.";

    private static string Why(Exception e) => e switch
    {
        OperationCanceledException => "It has not answered in time.",
        _ when e.GetBaseException() is Forbidden forbidden => forbidden.Message,
        HttpRequestException { InnerException: OperationCanceledException or TimeoutException } => "It could not be reached in time.",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "There is nothing of that name.",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "It could not be reached.",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "It has not proved by TLS who it is.",
        _ => "The connection ended.",
    };
}
