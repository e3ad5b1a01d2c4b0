using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Edge.Upstreams;

/// <summary>
/// Reads the services' documents: soon after start until all are known, again whenever one was away, and now and then in any case,
/// because behind one name another version may have taken over without ever being away.
/// </summary>
internal sealed partial class Discovery(UpstreamList upstreams, UpstreamClient client, TimeProvider clock, ILogger<Discovery> log) : BackgroundService
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (pause, everyone) = (First, clock.GetTimestamp());
        while (!stoppingToken.IsCancellationRequested)
        {
            var all = clock.GetElapsedTime(everyone) >= Again;
            if (all)
                everyone = clock.GetTimestamp();
            var news = await Task.WhenAll(upstreams.All.Where(u => all || u.Suspect).Select(u => Read(u, stoppingToken)));
            if (news.Contains(true))
                upstreams.Changed();
            pause = upstreams.Current.Missing == 0 || pause * 2 > Usual ? Usual : pause * 2;
            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> Read(Upstream upstream, CancellationToken stopping)
    {
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            deadline.CancelAfter(Patience);
            using var response = await client.Get(upstream, "/openapi/v1.json", deadline.Token);
            if (!response.IsSuccessStatusCode)
                return Unreadable(upstream, $"status {(int)response.StatusCode}");
            var changed = upstream.Heard(await response.Content.ReadAsByteArrayAsync(deadline.Token));
            if (changed)
                Learned(upstream.Name, string.Join(", ", upstream.Offer!.Segments.Order(StringComparer.Ordinal)));
            return changed;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or System.Text.Json.JsonException
            or FormatException or InvalidOperationException)
        {
            return Unreadable(upstream, e.Message);
        }
    }

    private bool Unreadable(Upstream upstream, string why)
    {
        upstream.WasAway();
        NotYet(upstream.Name, why);
        return false;
    }

    [LoggerMessage(LogLevel.Information, "{Service} offers {Segments}")]
    private partial void Learned(string service, string segments);

    [LoggerMessage(LogLevel.Debug, "What {Service} offers cannot be read: {Why}")]
    private partial void NotYet(string service, string why);
}
