using System.Net;
using CrmPlatform.Access;
using Xunit;

namespace CrmPlatform.Shared.Tests.Access;

public sealed class CallerTests
{
    [Fact]
    public void Where_a_token_came_from_arrives_as_it_was_issued()
    {
        using var gate = new Gate();
        var now = gate.Clock.GetUtcNow();
        var issued = new Caller(new Actor(ActorKind.User, "ada", "Ada"), Gate.Tenant, new HashSet<string>(), "standard", now.AddMinutes(10))
        {
            Version = 7,
            Source = Guid.CreateVersion7(),
            Connection = Guid.CreateVersion7(),
            Client = "web",
            AuthTime = now.AddMinutes(-3),
            Methods = ["pwd", "otp", "mfa"],
            Networks = [IPNetwork.Parse("10.1.0.0/16"), IPNetwork.Parse("2001:db8::/32")],
        };

        var caller = gate.Check.Check(gate.Key.Issue(issued, Gate.Issuer, now)).Caller!;

        Assert.Equal(
            (7, issued.Source, issued.Connection, "web", issued.AuthTime),
            (caller.Version, caller.Source, caller.Connection, caller.Client, caller.AuthTime));
        Assert.Equal(issued.Methods, caller.Methods);
        Assert.Equal(issued.Networks, caller.Networks);
    }

    [Theory]
    [InlineData("10.1.255.3", true)]
    [InlineData("::ffff:10.1.0.1", true)]
    [InlineData("2001:db8::7", true)]
    [InlineData("10.2.0.1", false)]
    [InlineData("2001:db9::7", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData(null, false)]
    public void A_token_with_networks_is_good_there_alone(string? address, bool good)
    {
        var caller = new Caller(new Actor(ActorKind.System, "s", "S"), Gate.Tenant, new HashSet<string>(), "standard", DateTimeOffset.MaxValue);
        var from = address is null ? null : IPAddress.Parse(address);

        Assert.True(caller.MayCallFrom(from));
        Assert.Equal(good, (caller with { Networks = [IPNetwork.Parse("10.1.0.0/16"), IPNetwork.Parse("2001:db8::/32")] }).MayCallFrom(from));
    }
}
