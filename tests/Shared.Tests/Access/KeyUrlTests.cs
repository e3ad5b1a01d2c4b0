using System.Collections.Concurrent;
using CrmPlatform.Access;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CrmPlatform.Shared.Tests.Access;

/// <summary>Keys that an issuer publishes, by a server that does as it is told.</summary>
public sealed class KeyUrlTests : IAsyncLifetime
{
    private readonly Gate gate = new();
    private readonly ConcurrentQueue<DateTimeOffset> asked = new();
    private WebApplication issuer = null!;
    private Func<HttpContext, Task> answer = null!;

    private string Address => $"{issuer.Urls.First()}/jwks.json";

    public async ValueTask InitializeAsync()
    {
        answer = http => http.Response.SendFileAsync(gate.JwksPath);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        issuer = builder.Build();
        issuer.Map("/jwks.json", http =>
        {
            asked.Enqueue(gate.Clock.GetUtcNow());
            return answer(http);
        });
        await issuer.StartAsync();
    }

    [Fact]
    public async Task The_first_token_waits_until_the_keys_are_there()
    {
        using var ring = KeyRing.From(Address, gate.Clock);
        var check = new TokenCheck(ring, gate.Clock, Gate.Issuer);

        Assert.NotNull((await check.CheckAsync(gate.Issue())).Caller);

        Assert.Null(ring.Trouble);
        Assert.Equal(1, ring.Count);
    }

    [Fact]
    public async Task A_new_key_is_asked_for_when_a_token_names_it_but_not_with_every_token()
    {
        using var ring = KeyRing.From(Address, gate.Clock);
        using var next = SigningKey.Create();
        using var never = SigningKey.Create();
        var check = new TokenCheck(ring, gate.Clock, Gate.Issuer);
        Assert.NotNull((await check.CheckAsync(gate.Issue())).Caller);

        next.Publish(gate.JwksPath);
        Assert.Equal(TokenFault.Key, (await check.CheckAsync(gate.Issue(next))).Fault); // asked a moment ago
        gate.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.NotNull((await check.CheckAsync(gate.Issue(next))).Caller);

        for (var i = 0; i < 100; i++)
            Assert.Equal(TokenFault.Key, (await check.CheckAsync(gate.Issue(never))).Fault);
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public async Task Who_needs_no_new_key_waits_for_nobody()
    {
        using var ring = KeyRing.From(Address, gate.Clock);
        using var never = SigningKey.Create();
        var check = new TokenCheck(ring, gate.Clock, Gate.Issuer);
        Assert.NotNull((await check.CheckAsync(gate.Issue())).Caller);

        var (entered, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        answer = async http =>
        {
            entered.TrySetResult();
            await go.Task;
            await http.Response.SendFileAsync(gate.JwksPath);
        };
        gate.Clock.Advance(TimeSpan.FromSeconds(2));
        var unknown = check.CheckAsync(gate.Issue(never));
        await entered.Task;

        Assert.False(unknown.IsCompleted);
        Assert.NotNull((await check.CheckAsync(gate.Issue())).Caller);
        go.SetResult();
        Assert.Equal(TokenFault.Key, (await unknown).Fault);
    }

    [Fact]
    public async Task While_the_issuer_is_away_or_talks_nonsense_its_keys_stay_and_it_is_said()
    {
        using var ring = KeyRing.From(Address, gate.Clock);
        var check = new TokenCheck(ring, gate.Clock, Gate.Issuer);
        Assert.NotNull((await check.CheckAsync(gate.Issue())).Caller);

        foreach (var (spoil, what) in new (Func<HttpContext, Task>, string)[]
                 {
                     (http => Status(http, 500), "answers 500"),
                     (http => http.Response.WriteAsync("gone fishing"), "is not JSON"),
                     (http => Redirect(http), "answers 302"),
                     (http => Cut(http), "cannot be reached"),
                 })
        {
            answer = spoil;
            gate.Clock.Advance(TimeSpan.FromSeconds(61));
            await TestCrm.Eventually(() => Assert.Contains(what, ring.Trouble, StringComparison.Ordinal));
            Assert.EndsWith("the keys read before stay in use.", ring.Trouble, StringComparison.Ordinal);
            Assert.NotNull(check.Check(gate.Issue()).Caller);
        }

        answer = http => http.Response.SendFileAsync(gate.JwksPath);
        gate.Clock.Advance(TimeSpan.FromSeconds(2));
        await TestCrm.Eventually(() => Assert.Null(ring.Trouble));
    }

    [Fact]
    public async Task A_key_taken_away_takes_its_tokens_along_within_a_minute()
    {
        using var ring = KeyRing.From(Address, gate.Clock);
        using var next = SigningKey.Create();
        var check = new TokenCheck(ring, gate.Clock, Gate.Issuer);
        var token = gate.Issue();
        Assert.NotNull((await check.CheckAsync(token)).Caller);

        File.Delete(gate.JwksPath);
        next.Publish(gate.JwksPath);
        gate.Clock.Advance(TimeSpan.FromSeconds(60));

        await TestCrm.Eventually(() => Assert.Equal(TokenFault.Key, check.Check(token).Fault));
    }

    [Fact]
    public async Task A_file_and_an_address_are_one_ring()
    {
        var own = Path.Combine(gate.Folder, "own.json");
        using var mine = SigningKey.Create();
        mine.Publish(own);
        using var ring = KeyRing.From($"{own}, {Address}", gate.Clock);
        var check = new TokenCheck(ring, gate.Clock, Gate.Issuer);

        Assert.NotNull((await check.CheckAsync(gate.Issue(mine))).Caller);
        Assert.NotNull((await check.CheckAsync(gate.Issue())).Caller);
        Assert.Equal(2, ring.Count);
    }

    public async ValueTask DisposeAsync()
    {
        await issuer.StopAsync(new CancellationToken(canceled: true));
        await issuer.DisposeAsync();
        gate.Dispose();
    }

    private static Task Status(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task Redirect(HttpContext http)
    {
        http.Response.Redirect("/elsewhere");
        return Task.CompletedTask;
    }

    private static Task Cut(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }
}
