using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Query;

namespace CrmPlatform.Records.Views;

/// <summary>A view that a list is asked through.</summary>
internal sealed class SavedView(View view)
{
    /// <summary>A view of a record type, if the caller may know of it.</summary>
    public static async Task<SavedView> Find(Session session, Shapes shapes, RecordType type, Guid id, CancellationToken cancel)
    {
        var shape = await shapes.Of(session.TypeOf<View>(), session, cancel);
        var visible = Query.Filter.Parse(await ViewSection.Visible(session, type), shape).ToPredicate(await Asked.Context(session, null));
        return await session.Find<View>(id) is { } found && visible(found) ? new SavedView(found) : throw Refusal.NotFound("view", id);
    }

    public Filter? Filter(Shape shape) => string.IsNullOrWhiteSpace(view.Filter) ? null : Fitting(() => Query.Filter.Parse(view.Filter, shape));

    public Sort Order(Shape shape) => view.Sort is null ? Asked.Sort(null, shape) : Fitting(() => Sort.Parse(view.Sort, shape));

    private static T Fitting<T>(Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (QueryException e)
        {
            throw Refusal.Invalid("view", $"This view does not fit any more: {e.Message}");
        }
    }
}
