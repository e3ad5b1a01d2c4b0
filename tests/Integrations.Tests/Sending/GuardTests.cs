using System.Net;
using CrmPlatform.Integrations.Sending;
using Xunit;

namespace CrmPlatform.Integrations.Tests.Sending;

/// <summary>Nobody gets by a webhook to where they do not get by themselves.</summary>
public sealed class GuardTests
{
    private static readonly IReadOnlySet<int> Ports = new HashSet<int> { 443, 8443 };

    // What a name means is said here: no test asks the network.
    private static Guard With(params string[] answers) => new([], Ports, (_, _) => Task.FromResult(Array.ConvertAll(answers, IPAddress.Parse)));

    public static TheoryData<string> Tricks =>
    [
        "https://127.0.0.1/", "https://127.1/", "https://127.0.0.1.:443/", "https://2130706433/", "https://017700000001/", "https://0x7f000001/",
        "https://0x7f.1/",
        "https://0177.0.0.1/", "https://0/", "https://0.0.0.0/", "https://127.255.255.254/", "https://[::1]/", "https://[::]/", "https://[0:0:0:0:0:0:0:1]/",
        "https://10.0.0.1/", "https://10.255.255.255/", "https://012.0.0.1/", "https://167772161/", "https://172.16.0.1/", "https://172.31.255.255/",
        "https://192.168.0.1/", "https://0xc0a80001/", "https://3232235521/", "https://100.64.0.1/", "https://100.127.255.254/", "https://100.100.100.200/",
        "https://169.254.169.254/", "https://169.254.169.254/latest/meta-data/", "https://2852039166/", "https://0xa9fea9fe/", "https://0251.0376.0251.0376/",
        "https://168.63.129.16/", "https://192.0.0.1/", "https://192.0.2.1/", "https://198.18.0.1/", "https://198.19.255.255/", "https://198.51.100.7/",
        "https://203.0.113.9/", "https://224.0.0.1/", "https://239.255.255.250/", "https://240.0.0.1/", "https://255.255.255.255/", "https://192.88.99.1/",
        "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[::ffff:10.0.0.1]/", "https://[::ffff:8.8.8.8]/", "https://[::127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/", "https://[64:ff9b::808:808]/", "https://[64:ff9b:1::1]/", "https://[2002:7f00:1::]/", "https://[2002:a00:1::1]/",
        "https://[2001::1]/", "https://[2001:db8::1]/", "https://[fe80::1]/", "https://[fc00::1]/", "https://[fd00:ec2::254]/", "https://[fec0::1]/",
        "https://[ff02::1]/", "https://[100::1]/", "https://[3fff::1]/", "https://[5f00::1]/", "https://１２７.０.０.１/", "https://①②⑦.⓪.⓪.①/",
    ];

    [Theory]
    [MemberData(nameof(Tricks))]
    public async Task An_address_that_is_not_public_is_refused_however_it_is_written(string url)
    {
        if (Guard.Wrong(url) is not null || !Uri.TryCreate(url, UriKind.Absolute, out var uri))
            return; // it is not even kept
        // What the address's own text means; a name that is none of a machine means what it is made to mean.
        var guard = new Guard([], Ports, (host, _) => Task.FromResult(new[] { IPAddress.TryParse(host, out var address) ? address : IPAddress.Loopback }));
        await Assert.ThrowsAsync<Forbidden>(() => guard.Reachable(uri.Host, uri.Port, true, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Tricks))]
    public void What_names_a_machine_by_number_is_refused_before_it_is_kept(string url) =>
        Assert.NotNull(Guard.Wrong(url) ?? With().Closed(url));

    [Theory]
    [InlineData("https://localhost/", true)]
    [InlineData("https://crm.localhost./", true)]
    [InlineData("https://8.8.8.8/", false)]
    [InlineData("https://[2606:4700:4700::1111]/", false)]
    [InlineData("https://hooks.example.com:9999/", false)] // what it means is seen when the connection is made
    public void What_is_said_of_an_address_beforehand_is_what_is_known_without_asking(string url, bool isClosed)
    {
        Assert.Equal(isClosed, With().Closed(url) is not null);
        Assert.Null(new Guard([IPNetwork.Parse("127.0.0.0/8")], Ports, (_, _) => Task.FromResult<IPAddress[]>([])).Closed(url));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("fd00::1")]
    [InlineData("64:ff9b::a00:1")]
    public async Task A_name_is_what_it_means_when_the_connection_is_made(string address) =>
        await Assert.ThrowsAsync<Forbidden>(() => With(address).Reachable("hooks.example.com", 443, true, TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_name_that_changes_its_meaning_is_connected_to_at_what_was_looked_at()
    {
        var asked = 0;
        var guard = new Guard([], Ports, (_, _) => Task.FromResult(
            new[] { Interlocked.Increment(ref asked) == 1 ? IPAddress.Parse("8.8.8.8") : IPAddress.Loopback }));
        Assert.Equal([IPAddress.Parse("8.8.8.8")], await guard.Reachable("rebind.example.com", 443, true, TestContext.Current.CancellationToken));
        Assert.Equal(1, asked);
        await Assert.ThrowsAsync<Forbidden>(() => guard.Reachable("rebind.example.com", 443, true, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Of_several_addresses_one_that_is_forbidden_forbids_the_name() =>
        await Assert.ThrowsAsync<Forbidden>(() => With("8.8.8.8", "10.0.0.1").Reachable("both.example.com", 443, true, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData(22)]
    [InlineData(25)]
    [InlineData(80)]
    [InlineData(5432)]
    [InlineData(6379)]
    public async Task A_port_that_is_not_for_webhooks_is_refused(int port) =>
        await Assert.ThrowsAsync<Forbidden>(() => With("8.8.8.8").Reachable("hooks.example.com", port, true, TestContext.Current.CancellationToken));

    [Fact]
    public async Task Without_tls_nothing_goes_to_a_public_address() =>
        await Assert.ThrowsAsync<Forbidden>(() => With("8.8.8.8").Reachable("hooks.example.com", 443, false, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    public async Task A_public_address_is_reached(string address) =>
        Assert.Equal([IPAddress.Parse(address)], await With(address).Reachable("hooks.example.com", 443, true, TestContext.Current.CancellationToken));

    [Fact]
    public async Task What_the_operator_allows_is_reached_at_any_port_and_nothing_beside_it()
    {
        var guard = new Guard([IPNetwork.Parse("10.20.0.0/16")], Ports, (host, _) => Task.FromResult(new[] { IPAddress.Parse(host) }));
        Assert.NotEmpty(await guard.Reachable("10.20.3.4", 9999, false, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<Forbidden>(() => guard.Reachable("10.21.3.4", 443, true, TestContext.Current.CancellationToken));
    }
}
