using System.Diagnostics;
using System.Text.Json;
using CrmPlatform.Hosting.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Xunit;

namespace CrmPlatform.Shared.Tests.Telemetry;

public sealed class LogLinesTests
{
    [Fact]
    public void In_production_a_message_is_one_line_of_JSON_with_service_and_trace()
    {
        using var span = new Activity("request").Start();

        var line = Write("Production", LogLevel.Error, "said \"no\"\nand left", new InvalidOperationException("why"));

        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        var json = JsonDocument.Parse(line).RootElement;
        string[] names = ["time", "level", "service", "category", "message", "trace", "error"];
        Assert.Equal(names, json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("error", json.GetProperty("level").GetString());
        Assert.Equal("contacts", json.GetProperty("service").GetString());
        Assert.Equal("Some.Category", json.GetProperty("category").GetString());
        Assert.Equal("said \"no\"\nand left", json.GetProperty("message").GetString());
        Assert.Equal(span.TraceId.ToString(), json.GetProperty("trace").GetString());
        Assert.Contains("why", json.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.Zero, json.GetProperty("time").GetDateTimeOffset().Offset);
    }

    [Fact]
    public void In_development_it_is_one_line_of_words()
    {
        var line = Write("Development", LogLevel.Warning, "first\nsecond", error: null);

        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        Assert.Matches(@"^\d\d:\d\d:\d\d\.\d{3} warn  contacts   Category: first ⏎ second\n$", line);
    }

    private static string Write(string environment, LogLevel level, string message, Exception? error)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        using var process = new ProcessMetrics();
        builder.AddTelemetry("contacts", process);
        using var services = builder.Services.BuildServiceProvider();
        var formatter = services.GetServices<ConsoleFormatter>().Single(formatter => formatter.Name == "crm");

        using var text = new StringWriter();
        formatter.Write(new LogEntry<string>(level, "Some.Category", default, message, error, (state, _) => state), null, text);
        return text.ToString();
    }
}
