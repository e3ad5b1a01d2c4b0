using CrmPlatform.Graph.Plan;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Records.Model;

namespace CrmPlatform.Graph.Model;

/// <content>Questions that are slices of their own: boards, forecasts, timelines, who may see what.</content>
internal sealed partial class Composer
{
    private void Reads(ObjectType query)
    {
        foreach (var slice in slices.Where(s => s.Method == "GET"))
        {
            var segments = Segments(slice);
            var of = all.Find(k => k.Model.Service == slice.Service && k.Model.Plural == segments[0]);
            if (segments is [_, "{id}", var about] && of is not null)
                Read(of.Type, Names.Words(about), slice, "id");
            else if (segments is [_, "{id}", _, _] && of is not null)
                Read(of.Type, Names.Noun(slice.Name), slice, "id"); // one of those it has
            else if (segments is [_, var what] && what[0] != '{' && of is not null)
                Read(query, $"{of.Model.Record}{Names.Type(Names.Words(what))}", slice, null);
            else
                Elsewhere(query, slice, segments);
        }
        foreach (var of in all)
            if (of.Model.Doors.FirstOrDefault(d => d.Method == "GET" && d.Route == $"/api/v1/{of.Model.Plural}/{{id}}/access") is { } door)
                Read(of.Type, "access", new(of.Model.Service, door.Name, door.Method, door.Route), "id");
    }

    // What is known of records elsewhere is asked of these: /timeline/{recordId} of every record, /letters/{contactId} of contacts.
    private void Elsewhere(ObjectType query, SliceModel slice, string[] segments)
    {
        var name = Names.Words(segments.Last(s => s[0] != '{'));
        Read(query, name, slice, null);
        foreach (var parameter in segments.Where(s => s.EndsWith("Id}", StringComparison.Ordinal)).Select(s => s[1..^1]))
            foreach (var of in all.Where(of => parameter[..^2] is "record" || parameter[..^2] == of.Model.Record))
                Read(of.Type, name, slice, parameter);
    }

    private void Read(ObjectType on, string name, SliceModel slice, string? ofRecord)
    {
        if (!Names.Is(name) || schemas.GetValueOrDefault(slice.Service)?.Operation(slice.Route, slice.Method) is not { Answer: { } answer } told)
            return;
        on.Fields.TryAdd(name, new(name, answer.Nullable)
        {
            Says = told.Says,
            Deprecated = told.Deprecated,
            Arguments = [.. told.Arguments(path: true).Where(a => a.Name != ofRecord), .. told.Arguments(path: false)],
            Fetched = new SliceRead(slice.Service, slice.Route, ofRecord, answer, all),
        });
    }
}
