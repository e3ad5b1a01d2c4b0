using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace CrmPlatform.Hosting.Telemetry;

/// <summary>
/// One line per message, with the service in each: JSON for machines
/// (<c>{"time","level","service","category","message","trace","error"}</c>), plain words for people.
/// </summary>
internal sealed class LogLines(IOptions<LogLinesOptions> options, TimeProvider clock) : ConsoleFormatter(Name)
{
    public new const string Name = "crm";

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes, TextWriter writer)
    {
        var message = entry.Formatter(entry.State, entry.Exception);
        if (message.Length == 0 && entry.Exception is null) return;

        var trace = Activity.Current?.TraceId.ToString();
        var line = new Line(clock.GetUtcNow(), entry.LogLevel, options.Value.Service, entry.Category, message, trace, entry.Exception);
        writer.Write(options.Value.Json ? Json(line) : Plain(line));
        writer.Write('\n');
    }

    private static string Json(Line line)
    {
        var text = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(text, Readable))
        {
            json.WriteStartObject();
            json.WriteString("time", line.Time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", Word(line.Level));
            json.WriteString("service", line.Service);
            json.WriteString("category", line.Category);
            json.WriteString("message", line.Message);
            if (line.Trace is not null) json.WriteString("trace", line.Trace);
            if (line.Error is not null) json.WriteString("error", line.Error.ToString());
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static string Plain(Line line)
    {
        var category = line.Category[(line.Category.LastIndexOf('.') + 1)..];
        var time = line.Time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        var text = $"{time} {Word(line.Level),-5} {line.Service,-10} {category}: {line.Message}";
        if (line.Error is not null) text += " | " + line.Error;
        return text.ReplaceLineEndings(" ⏎ ");
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "fatal",
    };

    private sealed record Line(
        DateTimeOffset Time, LogLevel Level, string Service, string Category, string Message, string? Trace, Exception? Error);
}

/// <summary>Whose lines they are and how they look.</summary>
internal sealed class LogLinesOptions : ConsoleFormatterOptions
{
    public string Service { get; set; } = "";

    public bool Json { get; set; }
}
