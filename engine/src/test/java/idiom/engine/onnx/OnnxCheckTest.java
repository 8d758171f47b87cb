package idiom.engine.onnx;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

class OnnxCheckTest {

    @Test
    void shouldPassPlainNetworks() {
        for (byte[] model : List.of(
                TestModels.identity(),
                TestModels.affine(1, 2),
                TestModels.neighbours(),
                TestModels.classifier(Map.of("genres", "a,b"), 1, 2))) {
            assertThatCode(() -> OnnxCheck.check(model)).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldRefuseWhatMayNeverEndOrReadOtherFiles() {
        assertNodeRefused(node -> node.setOpType("Loop")).withMessage("operators must be plain ones: operator=Loop");
        assertNodeRefused(node -> node.setDomain("com.microsoft"))
                .withMessage("operators must be ONNX's own: domain=com.microsoft");
        assertNodeRefused(node -> node.setAttribute(
                        0, AttributeProto.newBuilder().setName("value").setG(GraphProto.getDefaultInstance())))
                .withMessage("attributes must be numbers, texts or a tensor: name=value");
        assertWeightRefused(weight -> weight.addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("/etc/passwd")))
                .withMessage("weights must lie in the file as numbers: field=13");
    }

    @Test
    void shouldRefuseAttributesOutOfBounds() {
        assertNodeRefused(node -> node.setAttribute(0, integers("pads", 1, 1, 1, 1_000_000)))
                .withMessage("attributes must be known and within bounds: pads=[1, 1, 1, 1000000]");
        assertNodeRefused(node -> node.setAttribute(0, integers("pads", 1, 1)))
                .withMessage("attributes must be known and within bounds: pads=[1, 1]");
        assertNodeRefused(node -> node.setAttribute(0, integers("bads", 1)))
                .withMessage("attributes must be known and within bounds: bads=[1]");
        assertNodeRefused(NodeProto.Builder::clearOpType).withMessage("a node must have an operator");
    }

    @Test
    void shouldRefuseWeightsThatAreNotAsLongAsTheySay() {
        assertWeightRefused(weight -> weight.setDims(3, 4))
                .withMessage("weights must have as many values as their shapes say: shape=[1, 1, 3, 4] type=1"
                        + " bytes=-1 values=9");
        assertWeightRefused(weight -> weight.setDims(0, 1L << 40))
                .withMessageStartingWith("weights must have plausible shapes: shape=[1099511627776, 1, 3, 3]");
        // Products of such lengths overflow 64 bits once there are three of them.
        assertWeightRefused(weight ->
                        weight.setDims(0, 1L << 27).setDims(1, 1L << 27).setDims(2, 1L << 27))
                .withMessageStartingWith("weights must have as many values");
        assertWeightRefused(weight -> weight.setRawData(ByteString.copyFrom(new byte[36])))
                .withMessageEndingWith("type=1 bytes=36 values=9");
        assertWeightRefused(weight -> weight.setDataType(99)).withMessageContaining("type=99");
        assertWeightRefused(weight -> weight.clear()
                        .setDataType(7)
                        .addDims(1)
                        .setRawData(ByteString.copyFrom(ByteBuffer.allocate(8)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putLong(1L << 33)
                                .flip())))
                .withMessage("shapes and paddings must lie within +-65536: number=8589934592");
    }

    @Test
    void shouldRefuseOtherShapesOfFiles() {
        assertRefused(model -> model.clearGraph()).withMessage("a model must have a graph");
        assertRefused(model -> model.getGraphBuilder()
                        .getInputBuilder(0)
                        .getTypeBuilder()
                        .getTensorTypeBuilder()
                        .getShapeBuilder()
                        .removeDim(0))
                .withMessage("inputs and outputs must have 2 or 4 axes: windows=3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxCheck.check(new byte[] {0x3a, 5, 1}))
                .withMessage("unexpected length 5 of field 7, 1 bytes left at byte 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxCheck.check(new byte[] {8, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1}))
                .withMessage("unexpected number of more than 64 bits at byte 11");
    }

    /** A million axes, one by one: neither memory nor time may grow with them. */
    @Test
    void shouldRefuseEndlessLists() {
        assertWeightRefused(weight -> {
                    for (int i = 0; i < 1_000_000; i++) {
                        weight.addDims(1);
                    }
                })
                .withMessage("shapes and attributes must have at most 8 numbers: [1, 1, 3, 3, 1, 1, 1, 1] and more");
        assertNodeRefused(node -> node.setOpType("x".repeat(100_000)))
                .withMessageContaining("unexpected text of 100000 bytes");
    }

    private static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    private static ThrowableAssertAlternative<IllegalArgumentException> assertNodeRefused(
            Consumer<NodeProto.Builder> change) {
        return assertRefused(model -> change.accept(model.getGraphBuilder().getNodeBuilder(0)));
    }

    private static ThrowableAssertAlternative<IllegalArgumentException> assertWeightRefused(
            Consumer<TensorProto.Builder> change) {
        return assertRefused(model -> change.accept(model.getGraphBuilder().getInitializerBuilder(0)));
    }

    /** The network of {@link TestModels#neighbours}, changed. */
    private static ThrowableAssertAlternative<IllegalArgumentException> assertRefused(
            Consumer<ModelProto.Builder> change) {
        try {
            ModelProto.Builder model = ModelProto.parseFrom(TestModels.neighbours()).toBuilder();
            change.accept(model);
            byte[] changed = model.build().toByteArray();
            return assertThatIllegalArgumentException().isThrownBy(() -> OnnxCheck.check(changed));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
