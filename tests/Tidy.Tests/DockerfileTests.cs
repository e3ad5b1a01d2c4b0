using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace CrmPlatform.Tidy.Tests;

/// <summary>The one Dockerfile: what it copies is there, what it sets is read, and its health check tells ready from not ready.</summary>
public sealed class DockerfileTests
{
    private const string File = "deploy/docker/Dockerfile";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void What_is_copied_into_the_image_exists() => Tree.Tidy(
        from Match copy in Regex.Matches(Tree.Text(File), @"^COPY (?!--from)(?:--\S+ )*(?<sources>.+) \S+$", RegexOptions.Multiline)
        from source in copy.Groups["sources"].Value.Split(' ')
        where !Tree.Has(source)
        select $"{File} copies {source}, which does not exist.");

    [Fact]
    public void Every_project_a_program_needs_is_copied()
    {
        var copied = Regex.Matches(Tree.Text(File), @"^COPY (?!--)(?<source>\S+) \S+$", RegexOptions.Multiline)
            .Select(m => m.Groups["source"].Value + "/").ToList();
        Tree.Tidy(
            from project in Tree.In("", ".csproj")
            where !copied.Append("tests/").Any(folder => project.StartsWith(folder, StringComparison.Ordinal))
            select $"{File} does not copy {project}.");
    }

    [Fact]
    public void Variables_set_in_the_image_are_read() => Tree.Tidy(
        from Match variable in Regex.Matches(Tree.Text(File), @"\b(CRM_\w+)=")
        where !ComposeTests.IsDocumented(variable.Groups[1].Value)
        select $"{File} sets {variable.Groups[1].Value}, which no setting reads.");

    [Fact]
    public void Nobody_is_root_in_the_image_that_runs() =>
        Assert.Matches(@"FROM \S+aspnet:[\s\S]*\nUSER \$\{APP_UID\}\n[\s\S]*ENTRYPOINT", Tree.Text(File));

    [Theory]
    [InlineData("HTTP/1.1 200 OK", 0)]
    [InlineData("HTTP/1.1 503 Service Unavailable", 1)]
    [InlineData(null, 1)]
    public async Task The_health_check_tells_ready_from_not_ready(string? answer, int exitCode)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        if (answer is null)
            server.Stop();
        var answering = answer is null ? Task.FromResult("") : Answer(server, answer);

        var script = Path.Combine(Tree.Root, "deploy/docker/ready.sh");
        using var check = Process.Start(new ProcessStartInfo("bash", [script, $"{port}"]) { RedirectStandardError = true })!;
        await check.WaitForExitAsync(Cancel);

        Assert.Equal(exitCode, check.ExitCode);
        if (answer is not null)
            Assert.StartsWith("GET /health/ready HTTP/1.1", await answering, StringComparison.Ordinal);
    }

    private static async Task<string> Answer(TcpListener server, string status)
    {
        using var client = await server.AcceptTcpClientAsync(Cancel);
        var stream = client.GetStream();
        var buffer = new byte[4096];
        var read = await stream.ReadAsync(buffer, Cancel);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), Cancel);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
