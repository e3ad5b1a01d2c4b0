using Microsoft.Extensions.Logging;

namespace CrmPlatform.Access;

/// <summary>A JWKS that an issuer publishes.</summary>
/// <remarks>
/// It is fetched beside the requests: now and then, and when a token names a key that is not known, but never more often than every
/// few seconds, whatever tokens come. Only a request with a key that is not known waits for it.
/// </remarks>
internal sealed class KeyUrlSource : KeySource
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WhileThereIsNone = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Lock asking = new();
    private readonly Uri address;
    private readonly TimeProvider clock;
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
    })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = MaxLength,
    };

    private Task fetch = Task.CompletedTask;
    private long asked;

    public KeyUrlSource(Uri address, TimeProvider clock, ILogger? log)
        : base(address.GetLeftPart(UriPartial.Path), log)
    {
        (this.address, this.clock) = (address, clock);
        Say("has not been read yet");
        (asked, fetch) = (clock.GetTimestamp(), Fetch());
    }

    protected override string Kind => "address";

    protected override LogLevel AtFirst => LogLevel.Information; // whoever publishes it starts at the same time

    public override void LookAgain() => AskAfter(Ring.Count == 0 ? WhileThereIsNone : Trouble is null ? Usual : AtMost);

    public override Task? AskAgain() => AskAfter(Ring.Count == 0 ? WhileThereIsNone : AtMost);

    public override void Dispose()
    {
        http.Dispose();
        base.Dispose();
    }

    private Task? AskAfter(TimeSpan pause)
    {
        if (fetch.IsCompleted && clock.GetElapsedTime(Volatile.Read(ref asked)) < pause)
            return null;
        lock (asking)
        {
            if (fetch.IsCompleted && clock.GetElapsedTime(asked) >= pause)
            {
                Volatile.Write(ref asked, clock.GetTimestamp());
                fetch = Fetch();
            }
            return fetch;
        }
    }

    private async Task Fetch()
    {
        await Task.Yield(); // not on the time of whoever asked
        try
        {
            using var answer = await http.GetAsync(address).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
                throw new KeyFileException($"answers {(int)answer.StatusCode}");
            Take(await answer.Content.ReadAsByteArrayAsync().ConfigureAwait(false));
        }
        catch (Exception e) when (e is KeyFileException or HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            Say(e switch
            {
                KeyFileException => e.Message,
                OperationCanceledException => "does not answer",
                _ => "cannot be reached",
            });
        }
    }
}
