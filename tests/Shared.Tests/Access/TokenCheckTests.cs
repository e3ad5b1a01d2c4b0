using CrmPlatform.Access;
using Xunit;

namespace CrmPlatform.Shared.Tests.Access;

public sealed class TokenCheckTests
{
    [Fact]
    public void A_valid_token_says_who_calls_for_whom_with_which_rights()
    {
        using var gate = new Gate();

        var verdict = gate.Check.Check(gate.Valid);

        Assert.Null(verdict.Fault);
        Assert.Equal("ok", verdict.Code);
        var caller = verdict.Caller!;
        Assert.Equal(new Actor(ActorKind.User, "ada", "Ada Lovelace") { Door = "rest" }, caller.Actor);
        Assert.Equal(Gate.Tenant, caller.Tenant);
        Assert.Equal(["crm.read", "crm.write"], caller.Scopes.Order());
        Assert.Equal("team", caller.Plan);
        Assert.Equal(gate.Clock.GetUtcNow().AddSeconds(600), caller.Expires);
    }

    [Fact]
    public void What_the_platform_issues_is_valid()
    {
        using var gate = new Gate();
        var now = gate.Clock.GetUtcNow();
        var actor = new Actor(ActorKind.System, "import-7", "Zoë \"the\" Importer 🚚");
        var issued = new Caller(actor, Gate.Tenant, new HashSet<string> { "crm.read", "crm.ops" }, "scale", now.AddMinutes(5));

        var caller = gate.Check.Check(gate.Key.Issue(issued, Gate.Issuer, now)).Caller!;

        Assert.Equal(issued with { Scopes = caller.Scopes }, caller);
        Assert.Equal(["crm.ops", "crm.read"], caller.Scopes.Order());
    }

    [Fact]
    public void Roles_and_teams_arrive_as_they_were_issued()
    {
        using var gate = new Gate();
        var now = gate.Clock.GetUtcNow();
        Guid[] teams = [Guid.CreateVersion7(), Guid.CreateVersion7()];
        var caller = new Caller(new Actor(ActorKind.User, "ada", "Ada"), Gate.Tenant, new HashSet<string>(), "scale", now.AddMinutes(5)) { Teams = teams };
        Caller Issued(string[]? roles) => gate.Check.Check(gate.Key.Issue(caller with { Roles = roles }, Gate.Issuer, now)).Caller!;

        Assert.Equal(["sales", "Außendienst"], Issued(["sales", "Außendienst"]).Roles!);
        Assert.Equal(teams, Issued(["sales"]).Teams);
        Assert.Empty(Issued([]).Roles!); // whoever has no roles is not somebody of whose roles nothing is said
        Assert.Null(Issued(null).Roles);
    }

    [Fact]
    public void Nobody_gets_a_token_that_says_it_is_the_platform()
    {
        using var gate = new Gate();
        var relay = new Actor(ActorKind.Platform, "relay", "Relay");
        var platform = new Caller(relay, Gate.Tenant, new HashSet<string>(), "scale", gate.Clock.GetUtcNow());

        Assert.Throws<ArgumentException>(() => gate.Key.Issue(platform, Gate.Issuer, gate.Clock.GetUtcNow()));
        Assert.Equal(TokenFault.Subject, gate.Check.Check(gate.With(claims => claims["kind"] = "platform")).Fault);
    }

    [Fact]
    public void What_may_be_missing_has_the_smallest_meaning()
    {
        using var gate = new Gate();

        var caller = gate.Check.Check(gate.With(claims =>
        {
            foreach (var name in (string[])["name", "scope", "plan", "jti"])
                claims.Remove(name);
        })).Caller!;

        Assert.Equal(("ada", "standard"), (caller.Actor.Name, caller.Plan));
        Assert.Empty(caller.Scopes);
        Assert.Empty(caller.Teams);
    }

    [Fact]
    public void The_audience_may_be_one_of_several()
    {
        using var gate = new Gate();

        Assert.NotNull(gate.Check.Check(gate.With(claims => claims["aud"] = new System.Text.Json.Nodes.JsonArray("mail", "crm"))).Caller);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(600, null)]
    [InlineData(629, null)]
    [InlineData(630, TokenFault.Expired)]
    [InlineData(100_000, TokenFault.Expired)]
    public void A_token_ends_when_it_says_give_or_take_the_clocks(int seconds, TokenFault? fault)
    {
        using var gate = new Gate();
        var token = gate.Valid;
        Assert.NotNull(gate.Check.Check(token).Caller); // so that it is remembered, too

        gate.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(fault, gate.Check.Check(token).Fault);
        Assert.Equal(fault, new TokenCheck(gate.Ring, gate.Clock, Gate.Issuer).Check(token).Fault);
    }

    [Theory]
    [InlineData(30, null)]
    [InlineData(31, TokenFault.NotYet)]
    public void A_token_begins_when_it_says_give_or_take_the_clocks(int seconds, TokenFault? fault)
    {
        using var gate = new Gate();

        Assert.Equal(fault, gate.Check.Check(gate.With(claims => claims["nbf"] = gate.Now + seconds)).Fault);
        Assert.Equal(fault, gate.Check.Check(gate.With(claims => claims["iat"] = gate.Now + seconds)).Fault);
    }

    [Fact]
    public void A_client_learns_that_a_token_expired_and_nothing_finer()
    {
        foreach (var fault in Enum.GetValues<TokenFault>())
        {
            var verdict = Verdict.Of(fault);

            Assert.Equal(fault == TokenFault.Expired ? "token_expired" : "token_invalid", verdict.Code);
            Assert.Equal(fault == TokenFault.Expired ? "The token has expired." : "The token is not valid.", verdict.Message);
            Assert.EndsWith(verdict.Why.Contains('?') ? "?" : ".", verdict.Why, StringComparison.Ordinal);
            Assert.Null(verdict.Caller);
        }
    }

    [Fact]
    public async Task Many_threads_check_the_same_and_different_tokens()
    {
        using var gate = new Gate();
        var tokens = Enumerable.Range(0, 20).Select(i => gate.With(claims => claims["sub"] = $"user-{i}")).ToArray();

        await Parallel.ForEachAsync(Enumerable.Range(0, 2_000), TestContext.Current.CancellationToken, (i, _) =>
        {
            var which = i % tokens.Length;
            Assert.Equal($"user-{which}", gate.Check.Check(tokens[which]).Caller!.Actor.Id);
            Assert.Equal(TokenFault.Signature, gate.Check.Check(Tampered(tokens[which])).Fault);
            return ValueTask.CompletedTask;
        });
    }

    private static string Tampered(string token)
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{Gate.Encode("{}")}.{parts[2]}";
    }
}
