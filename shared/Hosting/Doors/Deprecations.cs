using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CrmPlatform.Journal.Records;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Hosting.Doors;

/// <summary>The fields of a record type that are deprecated, on its routes.</summary>
internal sealed record DeprecatedFields(IReadOnlyDictionary<string, DeprecatedAttribute> All);

/// <summary>
/// Says in an answer that what was used is going away (RFC 9745, RFC 8594): a route, or a field that was sent or asked for. It is said of refusals, too: who
/// uses it wrongly uses it.
/// </summary>
internal static partial class Deprecations
{
    // Where a question names fields.
    private static readonly string[] Naming = ["fields", "filter", "sort"];

    /// <summary>The deprecated fields of a type, for the metadata of its routes; nothing where it has none.</summary>
    public static IEnumerable<object> Of(RecordType type)
    {
        if (type.Deprecated is { } whole)
            yield return whole;
        var fields = type.Fields.Where(f => f.Deprecated is not null).ToDictionary(f => f.Name, f => f.Deprecated!);
        if (fields.Count > 0)
            yield return new DeprecatedFields(fields);
    }

    /// <summary>Has the answer say it, once it begins.</summary>
    public static void Tell(EndpointFilterInvocationContext context, Settings settings)
    {
        var http = context.HttpContext;
        if (http.GetEndpoint()?.Metadata is not { } of)
            return;
        var used = new List<DeprecatedAttribute>(of.GetOrderedMetadata<DeprecatedAttribute>());
        if (of.GetMetadata<DeprecatedFields>() is { } fields)
            used.AddRange(Named(context).Where(fields.All.ContainsKey).Select(name => fields.All[name]));
        if (used.Count == 0)
            return;
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            var since = new DateTimeOffset(used.Min(d => d.Since), TimeOnly.MinValue, TimeSpan.Zero);
            headers[DeprecationHeaders.Deprecation] = $"@{since.ToUnixTimeSeconds()}";
            if (used.Select(d => d.Gone).OfType<DateOnly>().Order().ToList() is [var first, ..])
                headers[DeprecationHeaders.Sunset] = new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero).ToString("R", CultureInfo.InvariantCulture);
            headers.Append("Link", $"<{settings.Issuer.TrimEnd('/')}/docs>; rel=\"deprecation\"; type=\"text/html\"");
            return Task.CompletedTask;
        });
    }

    private static IEnumerable<string> Named(EndpointFilterInvocationContext context) =>
    [
        .. context.Arguments.SelectMany(argument => Sent(argument)),
        .. from name in Naming
           from Match word in Word.Matches(context.HttpContext.Request.Query[name].ToString())
           select word.Value,
    ];

    // Fields of one record, or of each of several.
    private static IEnumerable<string> Sent(object? argument) => argument switch
    {
        Dictionary<string, JsonElement> fields => fields.Keys,
        not null when argument.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Records.Doors.BatchRequest<>) =>
            ((IEnumerable)type.GetProperty("Operations")!.GetValue(argument)!).Cast<object>()
                .SelectMany(o => o.GetType().GetProperty("Fields")!.GetValue(o) is Dictionary<string, JsonElement> one ? (IEnumerable<string>)one.Keys : []),
        _ => [],
    };

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word { get; }
}
