using System.Security.Cryptography;
using CrmPlatform.Access;
using Xunit;

namespace CrmPlatform.Shared.Tests.Access;

public sealed class VerifiedTokensTests
{
    private static readonly DateTimeOffset Now = new(2030, 5, 17, 12, 0, 0, TimeSpan.Zero);
    private static readonly Verdict Valid = Verdict.Of(
        new Caller(new Actor(ActorKind.User, "ada", "Ada"), Gate.Tenant, new HashSet<string>(), "standard", Now.AddHours(1)));

    [Fact]
    public async Task However_many_come_no_more_than_the_bound_are_kept()
    {
        var tokens = new VerifiedTokens(100);

        await Parallel.ForEachAsync(Enumerable.Range(0, 10_000), TestContext.Current.CancellationToken, (i, _) =>
        {
            tokens.Keep(Of(i), Valid, Now.AddHours(1));
            return ValueTask.CompletedTask;
        });

        Assert.InRange(tokens.Count, 50, 100 + Environment.ProcessorCount); // a thread in the middle of adding while the halves turn
    }

    [Fact]
    public void What_is_in_use_stays_when_others_come()
    {
        var tokens = new VerifiedTokens(100);
        tokens.Keep(Of(-1), Valid, Now.AddHours(1));
        tokens.Keep(Of(-2), Valid, Now.AddHours(1));

        for (var i = 0; i < 1_000; i++)
        {
            tokens.Keep(Of(i), Valid, Now.AddHours(1));
            Assert.NotNull(tokens.Find(Of(-1), Now));
        }

        Assert.Null(tokens.Find(Of(-2), Now));
    }

    [Fact]
    public void What_is_kept_ends_with_the_token()
    {
        var tokens = new VerifiedTokens(100);
        tokens.Keep(Of(1), Valid, Now.AddSeconds(10));

        Assert.NotNull(tokens.Find(Of(1), Now.AddSeconds(9)));
        Assert.Null(tokens.Find(Of(1), Now.AddSeconds(10)));
    }

    [Fact]
    public void Only_valid_tokens_are_kept()
    {
        using var gate = new Gate();

        for (var i = 0; i < 20; i++)
        {
            gate.Check.Check(gate.With(claims => claims["iss"] = "other"));
            gate.Check.Check(gate.Valid[..^4]);
        }

        Assert.Equal(0, gate.Check.Remembered);
        gate.Check.Check(gate.Valid);
        Assert.Equal(1, gate.Check.Remembered);
    }

    private static Fingerprint Of(int i) => new(SHA256.HashData(BitConverter.GetBytes(i)));
}
