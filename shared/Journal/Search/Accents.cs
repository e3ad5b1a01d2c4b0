using System.Collections.Frozen;
using System.Text;

namespace CrmPlatform.Journal.Search;

/// <summary>
/// Small letters with accents and the letters they are looked for as: what Unicode decomposes them into without its marks, and those that people
/// type otherwise. A table, because the services run without the operating system's tables of Unicode.
/// </summary>
internal static class Accents
{
    // Each word is a letter and those that count as it.
    private const string Alike =
        "aªàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ μµ oºòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợøǿ cçćĉċčḉ " +
        "eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ iìíîïĩīĭįǐȉȋḭḯỉịı nñńņňǹṅṇṉṋ uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự yýÿŷȳẏẙỳỵỷỹ " +
        "dďḋḍḏḑḓðđ gĝğġģǧǵḡ hĥȟḣḥḧḩḫẖħ jĵǰ kķǩḱḳḵ lĺļľḷḹḻḽł rŕŗřȑȓṙṛṝṟ sśŝşšſșṡṣṥṧṩẛ tţťțṫṭṯṱẗŧ wŵẁẃẅẇẉẘ zźżžẑẓẕ " +
        "æǣǽ ʒǯ ʹʹ ιΐίϊἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗ αάἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ εέϵἐἑἒἓἔἕὲέ ηήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ " +
        "υΰϋύϒϓϔὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ οόὀὁὂὃὄὅὸό ωώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ βϐ θϑ φϕ πϖ κϰ ρϱῤῥ ийѝӣӥ еѐёӗ гѓ ії кќ " +
        "уўӯӱӳ ѵѷ жӂӝ аӑӓ әӛ зӟ оӧ өӫ эӭ чӵ ыӹ bḃḅḇ fḟ mḿṁṃ pṕṗ vṽṿ xẋẍ σςϲ";

    private static readonly (string Letters, string Alike)[] Several =
    [
        ("ij", "ĳ"), ("dz", "ǆǳ"), ("lj", "ǉ"), ("nj", "ǌ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ"), ("ffi", "ﬃ"), ("ffl", "ﬄ"), ("st", "ﬅﬆ"),
        ("ss", "ß"), ("ae", "æǣǽ"), ("oe", "œ"), ("th", "þ"),
    ];

    private static readonly FrozenDictionary<int, string> Known = Alike.Split(' ')
        .SelectMany(word => word[1..].Select(letter => KeyValuePair.Create((int)letter, word[..1])))
        .Concat(Several.SelectMany(s => s.Alike.Select(letter => KeyValuePair.Create((int)letter, s.Letters))))
        .ToFrozenDictionary();

    /// <summary>The letters a small letter is looked for as, if others.</summary>
    public static string? Bare(Rune letter) => Known.GetValueOrDefault(letter.Value);
}
