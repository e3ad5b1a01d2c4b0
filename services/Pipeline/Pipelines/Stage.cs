using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Pipeline.Pipelines;

/// <summary>A step of a pipeline, and what a deal needs to be there.</summary>
[PartOfModel]
public sealed record Stage : Record
{
    /// <summary>The pipeline it is a step of.</summary>
    [Required, Refers("pipeline"), SetWhenEntered]
    public Guid? PipelineId { get; init; }

    /// <summary>What it is called.</summary>
    [Required, StringLength(100)]
    public string Name { get; init; } = "";

    /// <summary>Where it stands among the others.</summary>
    [Range(0, 10_000)]
    public int Position { get; init; }

    /// <summary>What it means: deals there are open, won or lost. It stays what it is.</summary>
    [SetWhenEntered]
    public StageType Type { get; init; }

    /// <summary>How likely deals there are won, in percent.</summary>
    [Range(0, 100)]
    public int Probability { get; init; }

    /// <summary>What deals there count as in a forecast.</summary>
    public ForecastCategory Category { get; init; }

    /// <summary>The colour it is shown in.</summary>
    [RegularExpression("#[0-9a-fA-F]{6}", ErrorMessage = "A colour looks like #2f80ed.")]
    public string? Color { get; init; }

    /// <summary>What a deal must have to come here: names of its fields, a tenant's own as <c>custom.budget</c>.</summary>
    [MaxItems(50), ItemLength(100)]
    public string[] RequiredFields { get; init; } = [];

    /// <summary>What must be done before a deal goes on from here.</summary>
    [MaxItems(50), ItemLength(200)]
    public string[] Checklist { get; init; } = [];

    /// <summary>How many days a deal stays here before it counts as stalled.</summary>
    [Range(1, 3650)]
    public int? MaxAgeDays { get; init; }

    /// <summary>Who may move deals here: the names of roles; everybody where none is named.</summary>
    [MaxItems(50), ItemLength(60)]
    public string[] Roles { get; init; } = [];

    /// <summary>Whether no deal comes here any more; those here stay.</summary>
    public bool Archived { get; init; }
}

/// <summary>What being in a stage means.</summary>
public enum StageType
{
    /// <summary>It is being worked on.</summary>
    Open,

    /// <summary>They have bought.</summary>
    Won,

    /// <summary>They have not.</summary>
    Lost,
}

/// <summary>What deals count as in a forecast, from least to most certain.</summary>
public enum ForecastCategory
{
    /// <summary>Not at all.</summary>
    Omitted,

    /// <summary>May come.</summary>
    Pipeline,

    /// <summary>Comes if all goes well.</summary>
    BestCase,

    /// <summary>Will come.</summary>
    Commit,

    /// <summary>Has come.</summary>
    Closed,
}
