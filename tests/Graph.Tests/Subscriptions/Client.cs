using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Subscriptions;

/// <summary>A client that nobody here wrote (<c>graphql-ws</c>, <c>graphql-sse</c>), in a process of Node's, which listens to one subscription.</summary>
internal sealed class Client : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<JsonElement> lines = new();

    private Client(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text)
                lines.Enqueue(JsonSerializer.Deserialize<JsonElement>(text));
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>All that was heard.</summary>
    public IReadOnlyList<JsonElement> Heard => [.. lines];

    /// <summary>Begins to listen, and waits until every change is told from then on.</summary>
    public static async Task<Client> Live(string how, Uri graph, string token, string query, object? variables = null, int retry = 0)
    {
        var client = await Start(how, graph, token, query, variables, retry);
        await client.Changes(1);
        Assert.Equal("live", client.Changes()[0].GetProperty("kind").GetString());
        return client;
    }

    /// <summary>Begins to listen.</summary>
    public static async Task<Client> Start(string how, Uri graph, string token, string query, object? variables = null, int retry = 0)
    {
        var asked = JsonSerializer.Serialize(new { how, url = $"{graph}", token, query, variables, retry });
        return new(Process.Start(new ProcessStartInfo("node", ["listen.mjs", asked])
        {
            WorkingDirectory = await Strangers.Listeners.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
    }

    /// <summary>The changes that were told so far: the first field of each answer.</summary>
    public IReadOnlyList<JsonElement> Changes() =>
        [.. Heard.Where(h => h.TryGetProperty("next", out _)).Select(h => h.At("next.data").EnumerateObject().First().Value)];

    /// <summary>Waits until so many changes were told, and returns all.</summary>
    public async Task<IReadOnlyList<JsonElement>> Changes(int count)
    {
        await TestCrm.Eventually(() => Assert.True(Changes().Count >= count, string.Join('\n', Heard)));
        return Changes();
    }

    /// <summary>Waits until something was heard that is no change: <c>error</c>, <c>complete</c>, <c>closed</c>.</summary>
    public async Task<JsonElement> Until(string what)
    {
        JsonElement found = default;
        await TestCrm.Eventually(() => Assert.True(
            Heard.Any(h => h.TryGetProperty(what, out found)), string.Join('\n', Heard)), TimeSpan.FromSeconds(70));
        return found;
    }

    /// <summary>Wants to hear no more.</summary>
    public async Task Stop() => await process.StandardInput.WriteLineAsync("stop");

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
